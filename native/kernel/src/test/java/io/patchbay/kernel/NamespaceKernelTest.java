package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KernelTest
class NamespaceKernelTest {
    private final Kernel kernel = Kernel.ofThisMachine();
    private PrivateNetns witness;

    @BeforeEach
    void create() {
        witness = PrivateNetns.create();
    }

    @AfterEach
    void destroy() {
        witness.close();
    }

    private static String here() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aHandleKnowsWhichNamespaceItHolds() throws IOException {
        try (OpenNetns netns = witness.open()) {
            assertThat("net:[" + netns.inode() + "]")
                    .isEqualTo(Files.readSymbolicLink(Path.of(witness.path())).toString())
                    .isNotEqualTo(here());
            assertThat(netns.path()).isEqualTo(witness.path());
            assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + netns.descriptor())))
                    .hasToString("net:[" + netns.inode() + "]");
        }
    }

    @Test
    void theHostIsTheProcessesOwnNamespaceAndSoIsEveryHandleOfIt() {
        try (OpenNetns own = kernel.openHost()) {
            assertThat("net:[" + own.inode() + "]").isEqualTo(here());
            assertThat(own.inode()).isEqualTo(kernel.host().inode());
            assertThat(own.descriptor()).isNotEqualTo(kernel.host().descriptor());
            assertThat(own.rtnl().find("lo")).isPresent();
        }
    }

    @Test
    void sixteenThreadsAtOnceAllSeeTheirOwnNamespace()
            throws InterruptedException, ExecutionException {
        List<PrivateNetns> many = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                PrivateNetns one = PrivateNetns.create();
                many.add(one);
                one.run("ip link add own" + i + " type bridge");
            }
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                all.add(executor.submit(() -> openOften(many.get(number), "own" + number, start)));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            many.forEach(PrivateNetns::close);
        }
    }

    private static void openOften(PrivateNetns netns, String name, CountDownLatch start) {
        String home = here();
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 50; i++) {
            try (OpenNetns open = netns.open()) {
                assertThat(open.rtnl().links()).extracting(Link::name).contains(name).hasSize(2);
            }
            assertThat(here()).isEqualTo(home);
        }
    }

    @Test
    void aHandleWorksFromAnyThreadEvenAVirtualOne() throws InterruptedException {
        witness.run("ip link add own type bridge");
        AtomicReference<Object> found = new AtomicReference<>();
        try (OpenNetns netns = witness.open()) {
            Thread.ofVirtual().start(() -> found.set(netns.rtnl().find("own").isPresent())).join();
        }
        assertThat(found).hasValue(true);
    }

    @Test
    void aVirtualThreadIsRefused() throws InterruptedException {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        witness.open().close();
                    } catch (IllegalStateException e) {
                        refusal.set(e);
                    }
                })
                .join();
        assertThat(refusal.get()).hasMessageContaining("virtual thread");
    }

    @Test
    void aVirtualThreadsDescriptorIsClosedWhenItIsRefused() throws InterruptedException {
        int descriptor = Syscalls.open("open", witness.path(), Syscalls.O_RDONLY, 0);
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        kernel.adopt(descriptor, "here").close();
                    } catch (IllegalStateException e) {
                        refusal.set(e);
                    }
                })
                .join();
        assertThat(refusal.get()).isNotNull();
        assertThat(Path.of("/proc/self/fd/" + descriptor)).doesNotExist();
    }

    @Test
    void aPathThatIsGoneIsEnoent() {
        assertThatThrownBy(() -> kernel.open("/run/netns/nobody-made-this"))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        e -> assertThat(e.errno()).isEqualTo(KernelException.ENOENT))
                .hasMessageContaining("/run/netns/nobody-made-this");
    }

    @Test
    void whatIsNoNetworkNamespaceIsEinval(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("plain"));
        for (String path : List.of(file.toString(), folder.toString(), "/proc/self/ns/mnt")) {
            assertThatThrownBy(() -> kernel.open(path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            KernelException.class,
                            e -> assertThat(e.errno()).isEqualTo(KernelException.EINVAL))
                    .hasMessageContaining("not a network namespace");
        }
    }

    @Test
    void aDescriptorIsTakenOverAndClosedOnFailureToo() {
        int good = Syscalls.open("open", witness.path(), Syscalls.O_RDONLY, 0);
        try (OpenNetns netns = kernel.adopt(good, "from afar")) {
            assertThat(netns.descriptor()).isEqualTo(good);
            assertThat(netns.path()).isEqualTo("from afar");
        }
        assertThat(Path.of("/proc/self/fd/" + good)).doesNotExist();
        int bad = Syscalls.open("open", "/dev/null", Syscalls.O_RDONLY, 0);
        assertThatThrownBy(() -> kernel.adopt(bad, "from afar"))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("from afar");
        assertThat(Path.of("/proc/self/fd/" + bad)).doesNotExist();
    }

    @Test
    void insideRunsInTheNamespaceAndTheCallerStaysHome() {
        String home = here();
        try (OpenNetns netns = witness.open()) {
            assertThat(netns.inside(NamespaceKernelTest::here))
                    .isEqualTo("net:[" + netns.inode() + "]");
            assertThatThrownBy(() ->
                            netns.inside(() -> {
                                throw new UnsupportedOperationException("mine");
                            }))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("mine");
        }
        assertThat(here()).isEqualTo(home);
    }

    @Test
    void aClosedHandleRefusesInsteadOfUsingANumberThatIsSomebodyElses() {
        OpenNetns netns = witness.open();
        netns.close();
        netns.close();
        assertThatThrownBy(() -> netns.rtnl().links()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(netns::descriptor).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> netns.nft().list("ip", "t"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theHandleOutlivesTheProcessThatMadeTheNamespace() {
        try (OpenNetns netns = witness.open()) {
            witness.close();
            netns.rtnl().apply(new Change.CreateLink(new LinkSpec.Bridge(Head.named("late"))));
            assertThat(netns.rtnl().find("late")).isPresent();
        }
    }
}
