package io.patchbay.vpc.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ENTRY =
            """
            {"networkName":"aws-cni","containerID":"c0ffee","ifName":"eth0","ipv4":"10.0.0.5",
             "allocationTimestamp":1700000000000000000,
             "metadata":{"k8sPodNamespace":"default","k8sPodName":"web-0","interfacesCount":1}}
            """;

    @TempDir Path directory;

    @Test
    void itsAllocationsAreReadOfEveryNetworkCard() throws IOException {
        write("ipam.json", "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":[" + ENTRY + "]}");
        write(
                "ipam-nic-2.json",
                "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":["
                        + ENTRY.replace("10.0.0.5", "10.0.9.5")
                        + "]}");
        write("ipam-old.json", "{");
        Checkpoint checkpoint = Checkpoint.read(directory);
        assertThat(checkpoint.remarks()).isEmpty();
        assertThat(checkpoint.allocations())
                .containsExactlyInAnyOrder(
                        new Allocation(
                                new AttachmentId("c0ffee", "aws-cni", "eth0"),
                                Cidr.address("10.0.0.5"),
                                new PodRef("default", "web-0", ""),
                                0),
                        new Allocation(
                                new AttachmentId("c0ffee", "aws-cni", "mNicIf2"),
                                Cidr.address("10.0.9.5"),
                                new PodRef("default", "web-0", ""),
                                2));
    }

    @Test
    void theLinkIsNamedAsThePluginNamesIt() throws IOException {
        write("ipam.json", "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":[" + ENTRY + "]}");
        // printf default.web-0 | sha1sum
        assertThat(Checkpoint.read(directory).allocations().getFirst().linkSuffix())
                .isEqualTo("0d7763386da");
    }

    @Test
    void aMissingOneIsNothingToSpeakOf() {
        Checkpoint nothing = new Checkpoint(List.of(), List.of());
        assertThat(Checkpoint.read(directory.resolve("none"))).isEqualTo(nothing);
        assertThat(Checkpoint.read(directory)).isEqualTo(nothing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"version\":1}",
                "{\"version\":\"vpc-cni-ipam/2\",\"allocations\":[]}",
                "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":[{\"ipv4\":\"10.0.0.5\"}]}",
                "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":[{\"containerID\":\"c\",\"ipv4\":\"ten\"}]}",
                "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":[7, null]}",
            })
    void whatCannotBeUsedIsToldAndNeverFatal(String content) throws IOException {
        write("ipam.json", content);
        Checkpoint checkpoint = Checkpoint.read(directory);
        assertThat(checkpoint.allocations()).isEmpty();
        assertThat(checkpoint.remarks())
                .isNotEmpty()
                .allMatch(remark -> remark.contains(directory.resolve("ipam.json").toString()));
    }

    @Test
    void aBadEntryCostsNoGoodOne() throws IOException {
        write("ipam.json", "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":[{}," + ENTRY + "]}");
        Checkpoint checkpoint = Checkpoint.read(directory);
        assertThat(checkpoint.allocations()).hasSize(1);
        assertThat(checkpoint.remarks()).hasSize(1);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }
}
