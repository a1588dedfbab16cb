package dev.bayeux.cli.options;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param first the bytes of an address in the range
 * @param bits how many bits all addresses of the range share
 */
record AddressRange(byte[] first, int bits) {

    private static final Pattern RANGE = Pattern.compile("([^/]+)/(\\d{1,3})");
    /**
     * The form of an address. InetAddress parses only texts of this form, because it would resolve any other as a host
     * name.
     */
    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

    /** {@return the range that a text describes; empty if the text describes none} */
    static Optional<AddressRange> of(String text) {
        Matcher range = RANGE.matcher(text);
        return range.matches()
                ? address(range.group(1)).map(first -> new AddressRange(first, Integer.parseInt(range.group(2))))
                        .filter(each -> each.bits <= each.first.length * Byte.SIZE)
                : Optional.empty();
    }

    /** {@return whether a host is an address in the range; a name never is} */
    boolean contains(String host) {
        return address(host).filter(each -> each.length == first.length && shares(each)).isPresent();
    }

    private boolean shares(byte[] address) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}
