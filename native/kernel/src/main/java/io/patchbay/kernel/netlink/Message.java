package io.patchbay.kernel.netlink;

import io.patchbay.kernel.libc.Errno;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One netlink message as it was received. The payload is a view that lasts until the next message
/// is received.
public record Message(int type, int flags, int sequence, ByteBuffer payload) {

    /// Takes a datagram apart; octets that are no messages are a KernelException (EBADMSG).
    public static List<Message> split(ByteBuffer datagram) {
        List<Message> messages = new ArrayList<>();
        int at = datagram.position();
        while (datagram.limit() - at >= Nlm.HEADER) {
            int length = datagram.getInt(at);
            if (length < Nlm.HEADER || length > datagram.limit() - at) {
                throw malformed("a message of " + length + " octets at " + at);
            }
            messages.add(
                    new Message(
                            Short.toUnsignedInt(datagram.getShort(at + 4)),
                            Short.toUnsignedInt(datagram.getShort(at + Nlm.FLAGS)),
                            datagram.getInt(at + 8),
                            datagram.slice(at + Nlm.HEADER, length - Nlm.HEADER)
                                    .order(datagram.order())));
            at += Math.min(Nlm.align(length), datagram.limit() - at);
        }
        return messages;
    }

    /// The attributes behind a fixed part of so many octets.
    public Attributes attributes(int fixed) {
        if (payload.limit() < fixed) {
            throw malformed("a payload of " + payload.limit() + " octets, not " + fixed);
        }
        return new Attributes(payload.slice(fixed, payload.limit() - fixed).order(payload.order()));
    }

    static RuntimeException malformed(String what) {
        return Errno.exception("decode netlink", Errno.EBADMSG, what);
    }
}
