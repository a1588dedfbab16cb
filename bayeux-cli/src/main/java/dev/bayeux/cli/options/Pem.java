package dev.bayeux.cli.options;

import dev.bayeux.cli.console.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads certificates and keys in the text form of RFC 7468, as openssl writes them. */
final class Pem {

    private static final Pattern KEY = Pattern.compile("(?s)-----BEGIN ([A-Z ]*)PRIVATE KEY-----(.*?)-----END");
    private static final String ENCRYPTED = "ENCRYPTED ";
    private static final Pattern CERTIFICATE = Pattern
            .compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {
    }

    /** Returns the certificates in a file, PEM or DER, in their order. */
    static List<X509Certificate> certificates(String file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // The JDK cannot read a file with a key, or with a text before the certificate.
        String found = CERTIFICATE.matcher(text).results().map(result -> result.group() + "\n")
                .collect(java.util.stream.Collectors.joining());
        byte[] wanted = found.isEmpty() ? bytes : found.getBytes(StandardCharsets.ISO_8859_1);
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(wanted));
            if (all.isEmpty()) {
                throw new BadInputException("The file %s holds no certificate.".formatted(file));
            }
            return all.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException wrong) {
            throw new BadInputException("The file %s holds no certificate that can be read; it must be PEM or DER."
                    .formatted(file));
        }
    }

    /** Returns the private key in a file, decrypted with the password if the key is encrypted. */
    static PrivateKey key(String file, byte[] bytes, char... password) {
        Matcher matcher = KEY.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new BadInputException("The file %s holds no private key in PEM.".formatted(file));
        }
        String kind = matcher.group(1);
        if (!kind.isEmpty() && !kind.equals(ENCRYPTED)) {
            throw new BadInputException("The key in %s is not PKCS#8; \"openssl pkcs8 -topk8 -in %s\" converts it."
                    .formatted(file, file));
        }
        if (!kind.isEmpty() && password.length == 0) {
            throw new BadInputException(
                    "The key in %s is encrypted: give --cert FILE:PASSWORD or --cert-password-file.".formatted(file));
        }
        PKCS8EncodedKeySpec encoded;
        try {
            byte[] content = Base64.getMimeDecoder().decode(matcher.group(2));
            encoded = kind.isEmpty() ? new PKCS8EncodedKeySpec(content) : decrypted(content, password);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException wrong) {
            throw new BadInputException(kind.isEmpty()
                    ? "The key in %s is damaged.".formatted(file)
                    : "The key in %s cannot be decrypted; is its password right?".formatted(file));
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException another) {
                // The key may be for another algorithm.
            }
        }
        throw new BadInputException("The algorithm of the key in %s is not known; supported are %s.".formatted(file,
                String.join(", ", ALGORITHMS)));
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] content, char... password)
            throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
        String name = encrypted.getAlgName();
        // PBES2 stands for many algorithms; the parameters name the one that is used.
        String algorithm = name.equals("PBES2") ? encrypted.getAlgParameters().toString() : name;
        return encrypted.getKeySpec(SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)));
    }

    /**
     * Returns whether a certificate has the public key of a private key. If not, every server would end the connection
     * without a reason.
     */
    static boolean belong(PrivateKey key, X509Certificate certificate) {
        byte[] any = {1};
        try {
            String signing = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            Signature made = Signature.getInstance(signing);
            made.initSign(key);
            made.update(any);
            byte[] signature = made.sign();
            Signature checked = Signature.getInstance(signing);
            checked.initVerify(certificate.getPublicKey());
            checked.update(any);
            return checked.verify(signature);
        } catch (InvalidKeyException | SignatureException ofAnotherKind) {
            return false;
        } catch (NoSuchAlgorithmException unknown) {
            // The key cannot be checked here. The TLS handshake will show whether it fits.
            return true;
        }
    }
}
