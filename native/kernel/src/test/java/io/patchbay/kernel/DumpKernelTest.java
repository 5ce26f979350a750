package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.netlink.NetlinkSocket;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.kernel.rtnl.link.LinkMessages;
import io.patchbay.kernel.rtnl.link.LinkReader;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@KernelTest
class DumpKernelTest extends InPrivateNetns {
    private static final int LINKS = 150;
    private static final int MOST_DUMPS = 5000;

    @Test
    void aLinkIsFoundByNameAndByIndexOrNotAtAll() {
        witness.run("ip link add index 40 name br0 group 9 address 02:00:00:00:00:01 type bridge");
        Link found = netns.rtnl().find("br0").orElseThrow();
        assertThat(netns.rtnl().find(40)).contains(found);
        assertThat(found.index()).isEqualTo(40);
        assertThat(found.group()).isEqualTo(9);
        assertThat(found.mac()).hasToString("Optional[02:00:00:00:00:01]");
        assertThat(netns.rtnl().find("br1")).isEmpty();
        assertThat(netns.rtnl().find(41)).isEmpty();
        assertThat(netns.rtnl().find(0)).isEmpty();
        assertThat(netns.rtnl().find("")).isEmpty();
        assertThat(netns.rtnl().find("a-name-of-sixteen")).isEmpty();
        assertThat(netns.rtnl().find("lo").orElseThrow().mac()).isEmpty();
    }

    @Test
    void manyLinksTakeSeveralAnswersAndAreAllThere() {
        bridges("b");
        assertThat(netns.rtnl().links())
                .extracting(Link::name)
                .hasSize(LINKS + 1)
                .contains("b0", "b149");
        assertThat(witness.run("ip -o link").lines()).hasSize(LINKS + 1);
    }

    private void bridges(String prefix) {
        List<Change> changes =
                IntStream.range(0, LINKS)
                        .<Change>mapToObj(i ->
                                new Change.CreateLink(
                                        new LinkSpec.Bridge(Head.named(prefix + i).group(6))))
                        .toList();
        netns.rtnl().apply(changes);
    }

    @Test
    void aDumpThatIsDisturbedIsMadeAgainAndShowsEachLinkOnce()
            throws InterruptedException, ExecutionException {
        bridges("still");
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        try (OpenNetns other = witness.open();
                NetlinkSocket socket = routeSocket();
                var executor = Executors.newSingleThreadExecutor()) {
            Future<?> churn = executor.submit(() -> churn(other, started, enough));
            started.await();
            int repeated = 0;
            for (int i = 0; i < MOST_DUMPS && repeated < 3; i++) {
                repeated += timesShown(socket) - 1;
            }
            enough.set(true);
            churn.get();
            assertThat(repeated).isGreaterThanOrEqualTo(3);
        }
    }

    /// How often the loopback was shown until the dump was one that nothing had disturbed.
    private static int timesShown(NetlinkSocket socket) {
        AtomicInteger shown = new AtomicInteger();
        List<Link> links =
                socket.dump(
                        "dump",
                        LinkMessages::getAll,
                        (Message message, Consumer<Link> to) -> {
                            LinkReader.read(
                                    message,
                                    link -> {
                                        shown.addAndGet(link.name().equals("lo") ? 1 : 0);
                                        to.accept(link);
                                    });
                        });
        assertThat(links)
                .extracting(Link::name)
                .filteredOn(name -> name.startsWith("still") || name.equals("lo"))
                .hasSize(LINKS + 1)
                .doesNotHaveDuplicates();
        return shown.get();
    }

    private NetlinkSocket routeSocket() {
        try (NamespaceFile file = NamespaceFile.open(witness.path())) {
            return new NetlinkSocket(
                    file.socket(
                            "open", NetlinkSocket.AF_NETLINK, NetlinkSocket.SOCK_RAW_CLOEXEC, 0));
        }
    }

    private static void churn(OpenNetns netns, CountDownLatch started, AtomicBoolean enough) {
        while (!enough.get()) {
            netns.rtnl()
                    .apply(
                            new Change.CreateLink(
                                    new LinkSpec.Veth(
                                            Head.named("c0").index(5000), Head.named("c1"))));
            started.countDown();
            netns.rtnl().apply(new Change.DeleteLink(5000));
        }
    }
}
