package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.tests.junit.BayeuxServer;
import dev.bayeux.tests.junit.BayeuxTestServer;
import org.junit.jupiter.api.Test;

@BayeuxServer
class ChatTest {

    @Test
    void aLineIsReceived(BayeuxTestServer server) throws InterruptedException {
        assertEquals("ann says hello", Chat.chat(server.uri()));
    }
}
