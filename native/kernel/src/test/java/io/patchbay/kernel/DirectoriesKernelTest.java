package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.Directory.Access;
import io.patchbay.spi.device.Directory.Identity;
import io.patchbay.spi.device.DirectoryChange.Make;
import io.patchbay.spi.device.DirectoryChange.Mount;
import io.patchbay.spi.device.DirectoryChange.RemoveEmpty;
import io.patchbay.spi.device.DirectoryChange.RemoveTree;
import io.patchbay.spi.device.DirectoryChange.SetAccess;
import io.patchbay.spi.device.DirectoryChange.Unmount;
import io.patchbay.spi.device.Place;
import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Directories on a file system in memory that a mount namespace of the test's own has alone.
@Tag("kernel")
@ExtendWith(NoDescriptorLeft.class)
class DirectoriesKernelTest {
    private static final Path TOP = Path.of("/mnt");
    private static final Place PLACE = new Place(TOP, "wire");
    private static final Place OTHER = new Place(TOP, "pod");

    private NamespaceHolder holder;
    private Directories directories;

    @BeforeEach
    void unshare() {
        holder =
                NamespaceHolder.unshare(
                        List.of("--mount", "--propagation", "private"),
                        "mount -t tmpfs test /mnt\n");
        directories = Kernel.directories(Path.of("/proc", "" + holder.pid(), "ns/mnt"));
    }

    @AfterEach
    void close() {
        holder.close();
    }

    /// In the namespace, by the system's own commands.
    private String sh(String script) throws IOException {
        Process process =
                new ProcessBuilder("nsenter", "-t", "" + holder.pid(), "-m", "sh", "-ec", script)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as("%s: %s", script, said).isZero();
        return said.strip();
    }

    private Identity make(Place place) {
        directories.apply(new Make(place));
        return directories.find(place).orElseThrow().identity();
    }

    @Test
    void whatIsMadeIsThereAsItWasAskedFor() throws IOException {
        assertThat(directories.find(PLACE)).isEmpty();
        Identity made = make(PLACE);
        assertThat(sh("stat -c '%a %i' /mnt/wire")).isEqualTo("700 " + made.inode());
        Access access =
                new Access(02750, 7, 8, Optional.of("system_u:object_r:container_file_t:s0"));
        directories.apply(new SetAccess(PLACE, access));
        assertThat(sh("stat -c '%a %u:%g' /mnt/wire")).isEqualTo("2750 7:8");
        assertThat(directories.find(PLACE)).contains(new Directory(made, access, false));
        assertThatThrownBy(() -> directories.apply(new Make(PLACE)))
                .hasMessageContaining("/mnt/wire")
                .hasMessageContaining("EEXIST");
    }

    @Test
    void whatIsNoDirectoryIsNotTakenForOne() throws IOException {
        sh("mkfifo /mnt/wire; mkdir /mnt/real; ln -s real /mnt/pod");
        assertErrno(KernelException.ENOTDIR, () -> directories.find(PLACE));
        assertErrno(KernelException.ELOOP, () -> directories.find(OTHER));
        assertErrno(
                KernelException.ENOENT, () -> directories.find(new Place(Path.of("/mnt/no"), "x")));
        assertErrno(KernelException.ELOOP, () -> directories.apply(new RemoveTree(OTHER)));
        assertErrno(KernelException.ENOTDIR, () -> directories.apply(new RemoveEmpty(OTHER)));
        assertThat(sh("ls /mnt")).isEqualTo("pod\nreal\nwire");
    }

    private static void assertErrno(int errno, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(KernelException.class)
                .extracting(thrown -> ((KernelException) thrown).errno())
                .isEqualTo(errno);
    }

    @Test
    void aMountIsTakenAwayWhereverItWasMovedTo() throws IOException {
        Identity wire = make(PLACE);
        Identity pod = make(OTHER);
        sh("mkdir '/mnt/pod/a b'");
        Place onto = new Place(TOP.resolve("pod"), "a b");
        directories.apply(new Mount(PLACE, wire, onto));
        assertThat(directories.find(onto))
                .hasValueSatisfying(there -> {
                    assertThat(there.mounted()).isTrue();
                    assertThat(there.identity()).isEqualTo(wire);
                });
        assertErrno(KernelException.EBUSY, () -> directories.apply(new Mount(PLACE, wire, onto)));
        // In a namespace without the mount the name is a plain directory's, and can be moved.
        sh("unshare -m sh -ec \"umount '/mnt/pod/a b'; mv '/mnt/pod/a b' /mnt/pod/c\"");
        assertThat(sh("findmnt -n -o TARGET /mnt/pod/c")).isEqualTo("/mnt/pod/c");
        directories.apply(new Unmount(pod, OTHER.path()));
        assertThat(directories.find(new Place(OTHER.path(), "c")).orElseThrow().mounted()).isTrue();
        directories.apply(new Unmount(wire, OTHER.path()));
        assertThat(directories.find(new Place(OTHER.path(), "c")).orElseThrow().mounted())
                .isFalse();
        directories.apply(new Unmount(wire, OTHER.path()));
        directories.apply(new Unmount(wire, Path.of("/mnt/nowhere")));
    }

    @Test
    void anotherDirectoryThanTheOneThatIsMeantIsNotMounted() {
        Identity wire = make(PLACE);
        Identity pod = make(OTHER);
        assertThat(wire).isNotEqualTo(pod);
        assertErrno(KernelException.ESTALE, () -> directories.apply(new Mount(PLACE, pod, OTHER)));
        assertThat(directories.find(OTHER).orElseThrow().mounted()).isFalse();
    }

    @Test
    void aTreeGoesWithAllThatIsInItAndNothingElse() throws IOException {
        make(PLACE);
        sh(
                """
                mkdir /mnt/precious; touch /mnt/precious/file
                cd /mnt/wire; ln -s /mnt/precious link; ln -s nowhere dangling; mkfifo pipe
                touch .removed-0 "$(printf '\\377')"; mkdir full; touch full/.removed-1
                mkdir -p $(printf 'deep/%.0s' $(seq 5000))
                """);
        directories.apply(new RemoveTree(PLACE));
        assertThat(sh("ls -A /mnt /mnt/precious")).contains("file").doesNotContain("wire");
        assertErrno(KernelException.ENOENT, () -> directories.apply(new RemoveTree(PLACE)));
    }

    @Test
    void aTreeStaysWhereSomethingIsMountedInIt() throws IOException {
        make(PLACE);
        sh(
                """
                mkdir -p /mnt/precious /mnt/wire/a; touch /mnt/precious/file
                mount --bind /mnt/precious /mnt/wire/a
                """);
        assertThatThrownBy(() -> directories.apply(new RemoveTree(PLACE)))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("/mnt/wire");
        assertThat(sh("ls /mnt/precious")).isEqualTo("file");
    }

    @Test
    void theProcessesOwnMountNamespaceIsLeftAlone() {
        make(PLACE);
        assertThat(PLACE.path()).doesNotExist();
        assertThat(Kernel.ofThisMachine().directories().find(new Place(Path.of("/"), "proc")))
                .hasValueSatisfying(proc -> assertThat(proc.mounted()).isTrue());
    }
}
