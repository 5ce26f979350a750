package io.patchbay.kernel.netlink;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.spi.net.KernelException;
import java.nio.ByteBuffer;

/// The kernel's no to one message of a send.
///
/// @param message which one, from 0
/// @param words the extended acknowledgement, or nothing
public record Refusal(int message, int errno, String words) {
    private static final int ATTR_MSG = 1;
    private static final int ATTR_OFFS = 2;
    private static final int ATTR_MISS_TYPE = 5;

    public KernelException during(String operation) {
        return Errno.exception(operation, errno, words.isEmpty() ? "" : "kernel: " + words);
    }

    /// Reads an NLMSG_ERROR; with error 0 it is the acknowledgement.
    ///
    /// ```
    ///  0       4                      20
    ///  +-------+----------------------+----------------------+------------
    ///  | s32   | nlmsghdr of the      | its payload, unless  | attributes, if
    ///  | -errno| request              | NLM_F_CAPPED         | NLM_F_ACK_TLVS
    ///  +-------+----------------------+----------------------+------------   struct nlmsgerr
    /// ```
    static Refusal ofError(int index, Message error) {
        if (error.payload().limit() < 4 + Nlm.HEADER) {
            throw Message.malformed("an NLMSG_ERROR of " + error.payload().limit() + " octets");
        }
        int fixed = 4 + Nlm.HEADER;
        if ((error.flags() & Nlm.CAPPED) == 0) {
            fixed += Nlm.align(error.payload().getInt(4)) - Nlm.HEADER;
        }
        String words = (error.flags() & Nlm.ACK_TLVS) == 0 ? "" : words(error.attributes(fixed));
        return new Refusal(index, -error.payload().getInt(0), words);
    }

    /// Reads an NLMSG_DONE, which ends a dump and may carry an error: `s32 -errno | attributes`.
    static Refusal ofDone(int index, Message done) {
        ByteBuffer payload = done.payload();
        if (payload.limit() < 4) {
            return new Refusal(index, 0, "");
        }
        String words = (done.flags() & Nlm.ACK_TLVS) == 0 ? "" : words(done.attributes(4));
        return new Refusal(index, -Math.min(payload.getInt(0), 0), words);
    }

    private static String words(Attributes attributes) {
        String fallback = "";
        while (attributes.next()) {
            switch (attributes.type()) {
                case ATTR_MSG -> {
                    return attributes.string();
                }
                case ATTR_OFFS -> fallback = "offset " + attributes.u32() + " of the request";
                case ATTR_MISS_TYPE -> fallback = "attribute " + attributes.u32() + " is missing";
                default -> {}
            }
        }
        return fallback;
    }
}
