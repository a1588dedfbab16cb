/**
 * Meters and health of clients for Micrometer: {@link dev.bayeux.micrometer}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no descriptor, but the name of its module is fixed.
module dev.bayeux.micrometer {
    requires transitive dev.bayeux.api;
    requires transitive micrometer.core;

    exports dev.bayeux.micrometer;
}
