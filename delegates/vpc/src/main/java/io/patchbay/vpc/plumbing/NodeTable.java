package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Nft;
import io.patchbay.vpc.eni.Family;
import java.util.EnumMap;
import java.util.Map;

/// The node's tables of nftables in the kernel, one a family. nft lists a table in other words than
/// it was written in, and in others again after an upgrade: so they are compared with what was
/// listed right after they were written. For one thread at a time.
final class NodeTable {
    private final Nft nft;
    private final Map<Family, String> listings = new EnumMap<>(Family.class);
    private String text = "";

    NodeTable(Nft nft) {
        this.nft = nft;
    }

    /// Whether something else is there than this text makes.
    boolean differs(String wanted) {
        if (!wanted.equals(text)) {
            return true;
        }
        for (Family family : Family.values()) {
            String known = listings.getOrDefault(family, "");
            // To list costs more than all else of a look. Where no table is wanted and none was,
            // one of that name is somebody else's.
            boolean settled = listings.containsKey(family) && known.isEmpty();
            if (!settled || names(wanted, family)) {
                String listed = list(family);
                if (!listed.equals(known)) {
                    return true;
                }
                listings.put(family, listed);
            }
        }
        return false;
    }

    /// Puts them in the place of what is there, in one transaction.
    void write(String wanted) {
        StringBuilder transaction = new StringBuilder(wanted);
        for (Family family : Family.values()) {
            if (!names(wanted, family) && !list(family).isEmpty()) {
                transaction.append("delete %s\n".formatted(table(family)));
            }
        }
        if (!transaction.isEmpty()) {
            nft.apply(transaction.toString());
        }
        text = wanted;
        for (Family family : Family.values()) {
            listings.put(family, list(family));
        }
    }

    private static String table(Family family) {
        return "table %s %s".formatted(EgressTable.word(family), EgressTable.NAME);
    }

    private static boolean names(String text, Family family) {
        return text.contains("delete " + table(family) + "\n");
    }

    /// A node that needs no table may have no nftables at all.
    private String list(Family family) {
        try {
            return nft.list(EgressTable.word(family), EgressTable.NAME);
        } catch (KernelException e) {
            if (e.isAbsent()) {
                return "";
            }
            throw e;
        }
    }
}
