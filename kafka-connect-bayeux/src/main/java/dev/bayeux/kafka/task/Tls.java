package dev.bayeux.kafka.task;

import dev.bayeux.kafka.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;

/** Makes the TLS context of the settings. */
final class Tls {

    private Tls() {
    }

    /**
     * Makes a context.
     *
     * @return the context, empty if the settings name no store, so that the context of the JVM applies
     * @throws ConfigException if a file cannot be read
     */
    static Optional<SSLContext> context(ServerConfig config) {
        Optional<String> trusted = config.text(ServerConfig.TRUSTSTORE);
        Optional<String> own = config.text(ServerConfig.KEYSTORE);
        if (trusted.isEmpty() && own.isEmpty()) {
            return Optional.empty();
        }
        TrustManager[] trust = trusted.map(file -> trust(config, file)).orElse(null);
        KeyManager[] keys = own.map(file -> keys(config, file)).orElse(null);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return Optional.of(context);
        } catch (GeneralSecurityException unusable) {
            throw new ConfigException("TLS cannot be set up: " + unusable.getMessage());
        }
    }

    private static TrustManager[] trust(ServerConfig config, String file) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store(file, config.getString(ServerConfig.TRUSTSTORE_TYPE),
                    password(config, ServerConfig.TRUSTSTORE_PASSWORD)));
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException unreadable) {
            throw unreadable(ServerConfig.TRUSTSTORE, file, unreadable);
        }
    }

    private static KeyManager[] keys(ServerConfig config, String file) {
        try {
            char[] password = password(config, ServerConfig.KEYSTORE_PASSWORD);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store(file, config.getString(ServerConfig.KEYSTORE_TYPE), password),
                    config.secret(ServerConfig.KEY_PASSWORD).map(String::toCharArray).orElse(password));
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException unreadable) {
            throw unreadable(ServerConfig.KEYSTORE, file, unreadable);
        }
    }

    private static char[] password(ServerConfig config, String name) {
        return config.secret(name).map(String::toCharArray).orElse(new char[0]);
    }

    private static ConfigException unreadable(String name, String file, Exception cause) {
        return new ConfigException(name, file, "The file cannot be read: " + cause);
    }

    private static KeyStore store(String file, String type, char[] password)
            throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            if (!type.equals("PEM")) {
                KeyStore store = KeyStore.getInstance(type);
                store.load(in, password);
                return store;
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate-%d".formatted(number), each);
                number++;
            }
            if (number == 0) {
                throw new IOException("the file has no certificate");
            }
            return store;
        }
    }
}
