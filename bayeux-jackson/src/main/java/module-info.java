/**
 * Binds data with Jackson: {@link dev.bayeux.jackson.JacksonBinding}.
 *
 * @provides dev.bayeux.api.binding.DataBinding the binding that clients find by themselves
 */
module dev.bayeux.jackson {
    requires transitive dev.bayeux.api;
    requires transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports dev.bayeux.jackson;

    provides dev.bayeux.api.binding.DataBinding with dev.bayeux.jackson.JacksonBinding;
}
