package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Nft;

/// The node's table of nftables in the kernel. nft lists a table in other words than it was written
/// in, and in others again after an upgrade: so it is compared with what was listed right after it
/// was written. For one thread at a time.
final class NodeTable {
    private final Nft nft;
    private String text = "";
    private String listing = "";

    NodeTable(Nft nft) {
        this.nft = nft;
    }

    /// Whether something else is there than this text makes.
    boolean differs(String wanted) {
        return !wanted.equals(text) || !list().equals(listing);
    }

    /// Puts it in the place of what is there, in one transaction.
    void write(String wanted) {
        if (!wanted.isEmpty()) {
            nft.apply(wanted);
        } else if (!list().isEmpty()) {
            nft.apply("delete table %s %s".formatted(EgressTable.FAMILY, EgressTable.NAME));
        }
        text = wanted;
        listing = list();
    }

    /// A node that needs no table may have no nftables at all.
    private String list() {
        try {
            return nft.list(EgressTable.FAMILY, EgressTable.NAME);
        } catch (KernelException e) {
            if (e.isAbsent()) {
                return "";
            }
            throw e;
        }
    }
}
