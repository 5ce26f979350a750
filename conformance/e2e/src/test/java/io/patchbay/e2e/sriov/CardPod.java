package io.patchbay.e2e.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;

/// A sandbox whose pod has a manifest, and the runtime's calls for it.
record CardPod(Installation installation, String name, PodNetns netns) implements AutoCloseable {

    Answer add() {
        return call("ADD");
    }

    Answer check() {
        return call("CHECK");
    }

    Answer del() {
        return call("DEL");
    }

    private Answer call(String command) {
        return installation.call(of(command));
    }

    Call of(String command) {
        return Call.of(command, name, netns.path()).pod("core", name);
    }

    /// An ADD that must succeed.
    CardPod added() {
        Answer answer = add();
        assertThat(answer.code()).as(answer.output()).isZero();
        return this;
    }

    /// A DEL that must succeed.
    void deleted() {
        Answer answer = del();
        assertThat(answer.code()).as(answer.output()).isZero();
        assertThat(answer.output()).isEmpty();
    }

    /// A DEL without CNI_NETNS that must succeed.
    void deletedBlind() {
        Answer answer = installation.call(of("DEL").without("CNI_NETNS"));
        assertThat(answer.code()).as(answer.output()).isZero();
    }

    /// What the daemon tells the cluster of its networks.
    String status() {
        try {
            return Files.readString(
                    installation.manifests().resolve("status/core.%s.yaml".formatted(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the sandbox before its DEL.
    void die() {
        netns.close();
    }

    String run(String... command) {
        return netns.run(command);
    }

    /// An interface of the pod, as `ip` shows it.
    JsonNode link(String name) {
        return installation
                .node()
                .run("ip", "-n", netns.name(), "-j", "-d", "link", "show", name)
                .transform(text -> new Answer(0, text).json().get(0));
    }

    List<String> links() {
        JsonNode all =
                new Answer(0, installation.node().run("ip", "-n", netns.name(), "-j", "link"))
                        .json();
        return StreamSupport.stream(all.spliterator(), false)
                .map(link -> link.path("ifname").asText())
                .toList();
    }

    /// It may have died.
    @Override
    public void close() {
        if (Files.exists(installation.node().file(netns.path()))) {
            netns.close();
        }
    }
}
