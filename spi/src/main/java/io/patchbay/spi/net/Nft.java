package io.patchbay.spi.net;

/// nftables in one namespace. Each call is one transaction: all of it or nothing.
public interface Nft {
    /// Runs commands in nft's own language (nft(8)), such as `add table ip patchbay`. A refusal is
    /// a {@link KernelException} with nft's words.
    void apply(String transaction);

    /// A table's rules in nft's own language; empty when the table does not exist.
    ///
    /// @param family `ip`, `ip6`, `inet`, `bridge`, `arp` or `netdev`
    String list(String family, String table);
}
