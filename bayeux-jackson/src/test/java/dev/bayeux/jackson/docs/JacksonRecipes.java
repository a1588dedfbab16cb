package dev.bayeux.jackson.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.jackson.JacksonBinding;
import java.net.URI;

/** The code of the section on Jackson in docs/recipes.md. */
final class JacksonRecipes {

    private JacksonRecipes() {
    }

    static BayeuxClient mapper(URI uri, ObjectMapper mapper) throws InterruptedException {
        return BayeuxClient.builder(uri).binding(JacksonBinding.of(mapper)).connect();
    }
}
