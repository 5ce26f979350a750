package io.patchbay.meta.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.DeviceInfoFiles;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.cni.DeviceInfo.Memif;
import io.patchbay.spi.cni.DeviceInfo.VhostUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row N33: the file of a device's information, from the device plugin to network-status.
class DeviceInfoTest {
    private static final String SOCKET =
            """
            {"type": "vhost-user", "version": "1.1.0",
             "vhost-user": {"mode": "client", "path": "/run/a"}}
            """;
    private static final String MEMIF =
            """
            {"type": "memif", "version": "1.1.0",
             "memif": {"role": "master", "path": "/run/m", "mode": "ip"}}
            """;

    @TempDir Path directory;
    private final World world = new World();
    private Attacher attacher = world.attacher();
    private Path source = Path.of("/");
    private Path own = Path.of("/");
    private AttachmentPlan plan = world.plan("c1", 7, List.of(List.of("vpc")));

    @BeforeEach
    void settle() {
        source = directory.resolve("dp/a-device.json");
        own = directory.resolve("cni/n-c1_net1");
        AttachmentPlan without = world.plan("c1", 7, List.of(List.of("vpc"), List.of("vf")));
        List<PlannedAttachment> attachments = new ArrayList<>(without.attachments());
        PlannedAttachment last = attachments.removeLast();
        attachments.add(
                new PlannedAttachment(
                        last.id(),
                        last.title(),
                        last.version(),
                        false,
                        false,
                        Optional.empty(),
                        Optional.of(
                                new DeviceInfoFiles(
                                        Optional.of(source.toString()), own.toString())),
                        last.steps()));
        plan =
                new AttachmentPlan(
                        "c1",
                        without.pod(),
                        7,
                        without.netns(),
                        without.netnsInode(),
                        Optional.empty(),
                        attachments);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<DeviceInfo> add() {
        return attacher.add(plan, world.pod(plan), World.LATER).getLast().device();
    }

    private void del() {
        attacher.del("c1", "eth0", Optional.empty(), World.LATER);
    }

    @Test
    @DisplayName(
            "row N33: the device plugin's file is there for ADD, is told, and is gone after DEL")
    void n33_theDevicePluginsFileIsCopiedToldAndRemoved() {
        write(source, SOCKET);
        world.effects.put(
                "add vf net1",
                () -> {
                    assertThat(own).hasSameTextualContentAs(source);
                    assertThat(own)
                            .satisfies(it ->
                                    assertThat(Files.getPosixFilePermissions(it))
                                            .isEqualTo(
                                                    PosixFilePermissions.fromString("rw-r--r--")));
                });
        assertThat(add()).contains(new VhostUser("client", "/run/a"));
        assertThat(world.events)
                .containsSubsequence(
                        "probe vf net1",
                        "vf sees VhostUser[mode=client, path=/run/a]",
                        "vf sees VhostUser[mode=client, path=/run/a]",
                        "add vf net1");
        world.effects.put("del vf net1 inside", () -> assertThat(own).exists());
        del();
        assertThat(world.events).contains("del vf net1 inside");
        assertThat(own.getParent()).isEmptyDirectory();
        assertThat(source).exists();
        del();
    }

    @Test
    @DisplayName("row N33: what the plugin makes of the file is told, and a later CHECK sees it")
    void n33_aPluginMayRewriteItOrMakeOne() {
        write(source, SOCKET);
        world.effects.put("add vf net1", () -> write(own, MEMIF));
        assertThat(add()).contains(new Memif("master", "/run/m", "ip", 0));
        attacher.check("c1", world.pod(plan), World.LATER);
        assertThat(world.events).last().asString().startsWith("vf sees Memif");
        del();
    }

    @Test
    void aRestartFindsInTheJournalWhatTheAddReturned() {
        write(source, SOCKET);
        List<AttachedNetwork> returned = attacher.add(plan, world.pod(plan), World.LATER);
        Sandbox found = new SandboxJournal(world.storage).find("c1").orElseThrow();
        assertThat(found.networks()).isEqualTo(returned).hasSize(2);
        assertThat(found.networks().getLast().device()).contains(new VhostUser("client", "/run/a"));

        world.failures.put("del vf net1 inside", CniException.tryAgain("busy"));
        assertThatExceptionOfType(CniException.class).isThrownBy(this::del);
        assertThat(new SandboxJournal(world.storage).find("c1").orElseThrow().networks()).isEmpty();
    }

    @Test
    void whereNoDevicePluginWroteAnythingThePluginMayAndNothingStaleIsToldForIt()
            throws IOException {
        write(own, SOCKET);
        assertThat(add()).isEmpty();
        assertThat(own).doesNotExist();
        del();

        Files.delete(own.getParent());
        world.effects.put(
                "add vf net1",
                () -> {
                    assertThat(own.getParent()).isDirectory();
                    write(own, MEMIF);
                });
        assertThat(add()).isPresent();
    }

    @Test
    void aFailedAddLeavesNoFile() {
        write(source, SOCKET);
        world.failures.put("add vf net1", CniException.tryAgain("busy"));
        assertThatExceptionOfType(CniException.class).isThrownBy(this::add);
        assertThat(own.getParent()).isEmptyDirectory();
    }

    @Test
    @DisplayName("row N33: the file of an ADD that crashed is gone after the restart")
    void aCrashedAddLeavesNoFileAfterTheRestart() {
        write(source, SOCKET);
        // An Error passes by the undo, as the end of the process does.
        world.effects.put(
                "add vf net1",
                () -> {
                    throw new AssertionError("the process ends here");
                });
        assertThatExceptionOfType(AssertionError.class).isThrownBy(this::add);
        assertThat(own).exists();

        attacher = world.attacher();
        assertThat(attacher.reconcile()).isEmpty();
        assertThat(own).doesNotExist();
    }

    @Test
    void aDelThatFailsKeepsTheFileForTheNextOne() {
        write(source, SOCKET);
        add();
        world.failures.put("del vf net1 inside", CniException.tryAgain("busy"));
        assertThatExceptionOfType(CniException.class).isThrownBy(this::del);
        assertThat(own).exists();
        world.failures.clear();
        del();
        assertThat(own).doesNotExist();
    }

    @Test
    void aDevicePluginsFileThatIsNoneIsRefusedBeforeAnyEffect() {
        write(source, "{\"type\": \"pci\", \"pci\": {}}");
        assertRefused(7, source + ", key \"pci.pci-address\": it is missing");
        write(source, "{\"type\": \"pci\", \"pci\": 5}");
        assertRefused(6, source + ", key \"pci\": an object is expected");
        write(source, "{");
        assertRefused(6, source + " is no JSON");
        assertThat(world.events).noneMatch(event -> event.startsWith("add"));
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void whatAPluginWroteThatIsNoneFailsTheAddWithSix() {
        world.effects.put("add vf net1", () -> write(own, "{\"type\": \"pci\", \"pci\": {}}"));
        assertRefused(6, own + ", key \"pci.pci-address\": it is missing");
        assertThat(own).doesNotExist();
        assertThat(world.storage.files).isEmpty();
    }

    private void assertRefused(int code, String words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(this::add)
                .withMessageContaining("core/n-net1")
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(refusal.code().value()).isEqualTo(code));
    }
}
