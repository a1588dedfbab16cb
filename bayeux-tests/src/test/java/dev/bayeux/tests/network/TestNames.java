package dev.bayeux.tests.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Knows one name more than the system does: one with two addresses, of which only the second is that of test servers. */
public final class TestNames extends InetAddressResolverProvider {

    static final String TWO_ADDRESSES = "two-addresses.example";

    static final InetAddress FIRST = address(127, 0, 0, 2);
    static final InetAddress SECOND = address(127, 0, 0, 1);

    /** For the JVM. */
    public TestNames() {
    }

    private static InetAddress address(int... numbers) {
        try {
            return InetAddress.getByAddress(new byte[]{(byte) numbers[0], (byte) numbers[1], (byte) numbers[2],
                    (byte) numbers[3]});
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {

            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (host.endsWith(".invalid")) {
                    // Nobody knows these names: no query leaves the machine.
                    throw new UnknownHostException(host);
                }
                return host.equals(TWO_ADDRESSES)
                        ? Stream.of(InetAddress.getByAddress(host, FIRST.getAddress()),
                                InetAddress.getByAddress(host, SECOND.getAddress()))
                        : system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names for tests";
    }
}
