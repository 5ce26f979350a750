package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.KernelException;
import org.junit.jupiter.api.Test;

@KernelTest
class NftKernelTest extends InPrivateNetns {
    @Test
    void aTransactionIsSeenInItsNamespaceAndInNoOther() {
        witness.run("ip link add inner type bridge");
        netns.nft()
                .apply(
                        """
                        add table ip patchbay
                        add chain ip patchbay out { type nat hook postrouting priority srcnat; }
                        add rule ip patchbay out oif inner ip saddr 10.0.0.0/8 masquerade
                        """);
        assertThat(witness.run("nft -j list table ip patchbay"))
                .contains("\"masquerade\"", "\"inner\"", "\"postrouting\"");
        assertThat(netns.nft().list("ip", "patchbay")).contains("oif \"inner\"", "masquerade");
        assertThat(Kernel.ofThisMachine().host().nft().list("ip", "patchbay")).isEmpty();
    }

    @Test
    void aTransactionIsAllOrNothing() {
        assertThatThrownBy(() ->
                        netns.nft().apply("add table ip one\ndelete table ip nobody-made-this\n"))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.isAbsent()).isTrue())
                .hasMessageContaining("in " + witness.path())
                .hasMessageContaining("No such file or directory");
        assertThat(witness.run("nft -j list tables")).doesNotContain("\"one\"");
    }

    @Test
    void whatIsNoNftIsEinvalWithNftsWords() {
        assertThatThrownBy(() -> netns.nft().apply("make it so"))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        e -> assertThat(e.errno()).isEqualTo(KernelException.EINVAL))
                .hasMessageContaining("syntax error");
    }

    @Test
    void aTableThatDoesNotExistIsEmptyAndSoIsOneOfAnotherFamily() {
        witness.run("nft add table ip here");
        assertThat(netns.nft().list("ip", "there")).isEmpty();
        assertThat(netns.nft().list("inet", "here")).isEmpty();
        assertThat(netns.nft().list("ip", "here")).startsWith("table ip here {");
    }

    @Test
    void whatIsThereExists() {
        netns.nft().apply("create table ip once");
        assertThatThrownBy(() -> netns.nft().apply("create table ip once"))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.exists()).isTrue());
    }
}
