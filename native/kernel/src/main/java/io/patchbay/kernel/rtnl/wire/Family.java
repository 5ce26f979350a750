package io.patchbay.kernel.rtnl.wire;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// The address families that are dumped one after the other. Source: socket.h.
public enum Family {
    INET(2, 4),
    INET6(10, 16);

    private final int value;
    private final int octets;

    Family(int value, int octets) {
        this.value = value;
        this.octets = octets;
    }

    public int value() {
        return value;
    }

    public static Family of(InetAddress address) {
        return of(!(address instanceof Inet4Address));
    }

    public static Family of(boolean ipv6) {
        return ipv6 ? INET6 : INET;
    }

    /// Its unspecified address, 0.0.0.0 or ::.
    public InetAddress any() {
        return address(new byte[octets]);
    }

    /// A prefix of the wire.
    public static Cidr prefix(InetAddress address, int length) {
        if (length > of(address).octets * 8) {
            throw malformed("a prefix of " + length + " bits");
        }
        return new Cidr(address, length);
    }

    /// The address that some octets of the wire are. Sixteen are IPv6, even where they hold an IPv4
    /// address that the JDK would take out of them.
    public static InetAddress address(byte[] octets) {
        try {
            return octets.length == INET6.octets
                    ? Inet6Address.getByAddress(null, octets, -1)
                    : InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw malformed("an address of " + octets.length + " octets");
        }
    }

    private static KernelException malformed(String what) {
        return Errno.exception("decode rtnetlink", Errno.EBADMSG, what);
    }
}
