// A chat over Bayeux: ?transport=long-polling or ?transport=websocket; without, what the server prefers of both.
import {CometD} from "cometd";

const CHANNEL = "/chat/demo";

const byId = id => document.getElementById(id);
const [join, say, lines] = ["join", "say", "lines"].map(byId);
const wanted = new URLSearchParams(location.search).get("transport");
const cometd = new CometD();
let user = "";

const status = text => byId("status").textContent = text;

function show(line) {
  const speaker = document.createElement("b");
  speaker.textContent = line.user;
  const item = document.createElement("li");
  item.classList.toggle("own", line.user === user);
  item.append(speaker, line.text);
  lines.append(item);
  item.scrollIntoView();
}

function inChat(yes) {
  join.hidden = yes;
  say.hidden = !yes;
  (yes ? say.text : join.user).focus();
}

cometd.configure({url: new URL("cometd", location.href).href});
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
    status(connect.successful ? `connected by ${cometd.getTransport().type}` : "connection lost, trying again");
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
  cometd.publish(CHANNEL, {user, text: say.text.value}, published => {
    if (!published.successful) {
      status("the last line was not sent");
    }
  });
  say.reset();
});

byId("leave").addEventListener("click", () => cometd.disconnect(() => {
  status("left");
  inChat(false);
}));
