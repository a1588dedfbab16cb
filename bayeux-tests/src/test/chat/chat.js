// A chat over Bayeux: ?transport=long-polling or ?transport=websocket; without, what the server prefers of both.
import {CometD} from "cometd";

const CHANNEL = "/chat/demo";

const byId = id => document.getElementById(id);
const [join, say, lines, hint] = ["join", "say", "lines", "hint"].map(byId);
const wanted = new URLSearchParams(location.search).get("transport");
const server = new URL("cometd", location.href).href;
const cometd = new CometD();
// Lines that were typed and not yet accepted by the server, with their items on the page, in their order.
const waiting = [];
let user = "";
let sending = false;
let connected = false;

const status = text => byId("status").textContent = text;
byId("command").textContent = `bayeux shell --autojoin ${server}`;

function add(speaker, text) {
  const name = document.createElement("b");
  name.textContent = speaker;
  // An attribute, so that the time is no part of the text.
  name.dataset.time = new Date().toLocaleTimeString([], {hour: "2-digit", minute: "2-digit", second: "2-digit"});
  const item = document.createElement("li");
  item.append(name, text);
  lines.append(item);
  hint.hidden = true;
  item.scrollIntoView();
  return item;
}

// A message of another form than {"user": ..., "text": ...} is shown as the JSON that it is.
function show(data) {
  const isLine = data !== null && typeof data === "object" && typeof data.user === "string"
    && typeof data.text === "string";
  const item = isLine ? add(data.user, data.text) : add("(another form)", JSON.stringify(data));
  item.classList.toggle("own", isLine && data.user === user);
  item.classList.toggle("raw", !isLine);
}

// Sends what waits, one line after the other. A line that was not accepted stays and is sent after the next connect.
function send() {
  if (!connected || sending || waiting.length === 0) {
    return;
  }
  sending = true;
  const {text, item} = waiting[0];
  cometd.publish(CHANNEL, {user, text}, published => {
    sending = false;
    if (published.successful) {
      waiting.shift();
      item.remove();
      send();
    } else {
      connected = false;
      status("the last line waits for a connection");
    }
  });
}

function inChat(yes) {
  join.hidden = yes;
  say.hidden = !yes;
  (yes ? say.text : join.user).focus();
}

cometd.configure({url: server});
cometd.getTransportTypes()
  .filter(type => wanted ? type !== wanted : type === "callback-polling")
  .forEach(type => cometd.unregisterTransport(type));

// Each new session, after a restart of the server too, has to subscribe again.
cometd.addListener("/meta/handshake", handshake => {
  if (handshake.successful) {
    cometd.subscribe(CHANNEL, message => show(message.data));
  } else {
    status("no connection, trying again");
  }
});
cometd.addListener("/meta/connect", connect => {
  if (!cometd.isDisconnected()) {
    connected = connect.successful;
    status(connected ? `connected by ${cometd.getTransport().type}` : "connection lost, trying again");
    send();
  }
});

join.addEventListener("submit", event => {
  event.preventDefault();
  if (cometd.getTransportTypes().length === 0) {
    status(`there is no transport ${wanted}`);
    return;
  }
  user = join.user.value;
  status("connecting");
  inChat(true);
  cometd.handshake();
});

say.addEventListener("submit", event => {
  event.preventDefault();
  const text = say.text.value;
  const item = add(user, text);
  item.classList.add("own", "waiting");
  waiting.push({text, item});
  say.reset();
  send();
});

byId("leave").addEventListener("click", () => cometd.disconnect(() => {
  connected = false;
  status(waiting.length === 0 ? "left" : `left; ${waiting.length} lines were not sent`);
  inChat(false);
}));
