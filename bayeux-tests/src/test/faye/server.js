'use strict';

// A Faye server on loopback for tests: node server.js PORT TIMEOUT_SECONDS
//
// Each line on its standard input is a command in JSON, each line on its standard output the answer to one; the first
// line tells the port. It ends when its standard input does, so it cannot outlive the tests.

const crypto = require('crypto');
const http = require('http');
const readline = require('readline');
const faye = require('faye');

const bayeux = new faye.NodeAdapter({ mount: '/faye', timeout: Number(process.argv[3]) });
const sessions = new Set();
const denied = [];
let token = '';
let guard = { secret: '', strip: false };

bayeux.on('handshake', id => sessions.add(id));
bayeux.on('disconnect', id => sessions.delete(id));

// Subscriptions below /guarded/ are signed each, publishes there bring the secret itself, which everybody would see.
const mayPass = message => {
  const ext = message.ext || {};
  if (message.channel === '/meta/subscribe' && String(message.subscription).startsWith('/guarded/')) {
    const wanted = crypto.createHmac('sha256', guard.secret).update(message.subscription + message.clientId);
    if (ext.signature !== wanted.digest('hex')) {
      message.error = 'Incorrect signature.';
    }
  }
  if (message.channel.startsWith('/guarded/')) {
    if (ext.authToken !== guard.secret) {
      message.error = 'Incorrect token.';
    }
    if (guard.strip) {
      delete message.ext;
    }
  }
};

bayeux.addExtension({
  incoming(message, request, callback) {
    // The server's own client, which publishes, comes without a request.
    if (request) {
      const given = message.ext && message.ext.auth && message.ext.auth.token;
      if (message.channel === '/meta/handshake' && token && given !== token) {
        message.error = '403::Authentication required';
      }
      if (message.channel === '/meta/subscribe' && denied.some(each => String(message.subscription).startsWith(each))) {
        message.error = '403:' + message.subscription + ':Forbidden channel';
      }
      mayPass(message);
    }
    callback(message);
  }
});

const own = () => bayeux.getClient()._dispatcher.clientId;
const remote = () => [...sessions].filter(id => id !== own());

const commands = {
  async publish(command) {
    await bayeux.getClient().publish(command.channel, command.data);
  },
  expire() {
    remote().forEach(id => bayeux._server._engine.destroyClient(id));
  },
  sessions: () => remote().length,
  token(command) {
    token = command.token;
  },
  guard(command) {
    guard = command;
  },
  deny(command) {
    denied.push(command.prefix);
  }
};

const say = value => console.log(JSON.stringify(value));

const server = http.createServer();
bayeux.attach(server);
server.on('error', error => {
  console.error(error.message);
  process.exit(1);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => say({ port: server.address().port }));

const input = readline.createInterface({ input: process.stdin });
input.on('line', async line => {
  try {
    const command = JSON.parse(line);
    const result = await commands[command.command](command);
    say({ result: result === undefined ? null : result });
  } catch (error) {
    say({ error: String(error.message || error) });
  }
});
input.on('close', () => process.exit(0));
