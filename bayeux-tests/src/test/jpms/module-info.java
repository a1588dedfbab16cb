/** A program that uses the library as modules: it names the API, and nothing of the engine or a transport. */
module dev.bayeux.example {
    requires dev.bayeux.api;

    opens dev.bayeux.example;
}
