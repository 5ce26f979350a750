package io.patchbay.kernel.rtnl;

import io.patchbay.kernel.libc.Errno;
import java.net.Inet4Address;
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

    /// The address that some octets of the wire are.
    public static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw Errno.exception(
                    "decode rtnetlink",
                    Errno.EBADMSG,
                    "an address of " + octets.length + " octets");
        }
    }
}
