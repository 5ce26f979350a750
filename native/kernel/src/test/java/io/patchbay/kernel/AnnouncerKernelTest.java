package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Announcer.Claim;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Frames on a veth, heard at its other end by a python3 packet socket or answered by the kernel.
@KernelTest
@Timeout(600)
class AnnouncerKernelTest {
    private static final int LINK = 30;
    private static final MacAddress FAR = MacAddress.parse("02:00:00:00:00:fa");
    private static final String MAC = "02:00:00:00:00:30";

    /// Prints frames of ARP, and of ICMPv6 neighbour discovery, that come from our MAC.
    private static final String LISTENER =
            """
            import socket
            s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            s.bind(("far", 3))
            print("listening", flush=True)
            while True:
                f = s.recv(2000)
                arp = f[12:14] == b"\\x08\\x06"
                ndp = f[12:14] == b"\\x86\\xdd" and f[20] == 58 and f[54] in (135, 136)
                mld_or_own_dad = ndp and f[62:64] == b"\\xfe\\x80"
                if f[6:12].hex() == "020000000030" and (arp or ndp) and not mld_or_own_dad:
                    print(f.hex(), flush=True)
            """;

    private PrivateNetns witness;
    private PrivateNetns neighbour;
    private OpenNetns netns;

    @BeforeEach
    void open() {
        witness = PrivateNetns.create();
        neighbour = PrivateNetns.create();
        witness.run(
                "ip link add index 30 name base address 02:00:00:00:00:30 type veth peer name far address 02:00:00:00:00:fa");
        witness.run("ip link set far netns " + neighbour.pid());
        witness.run("ip link set base up");
        neighbour.run("ip link set far up");
        netns = witness.open();
    }

    @AfterEach
    void close() {
        netns.close();
        witness.close();
        neighbour.close();
    }

    private List<String> heard(int count, Runnable action)
            throws IOException, InterruptedException {
        Process listener = neighbour.command(List.of("python3", "-c", LISTENER)).start();
        try (BufferedReader frames = listener.inputReader(StandardCharsets.UTF_8)) {
            assertThat(frames.readLine()).isEqualTo("listening");
            action.run();
            return frames.lines().limit(count).toList();
        } finally {
            listener.destroyForcibly().waitFor();
        }
    }

    private Optional<Claim> claim(Duration wait, String... probed) {
        List<InetAddress> addresses = Stream.of(probed).map(Cidr::address).toList();
        return netns.announcer().claim(LINK, addresses, wait);
    }

    @Test
    void anIpv4AddressIsAnnouncedByAnArpRequestForItself()
            throws IOException, InterruptedException {
        assertThat(
                        heard(
                                1,
                                () ->
                                        netns.announcer()
                                                .announce(LINK, List.of(Cidr.address("10.9.0.1")))))
                .containsExactly(
                        "ffffffffffff"
                                + "020000000030"
                                + "0806"
                                + "0001"
                                + "0800"
                                + "06"
                                + "04"
                                + "0001"
                                + "020000000030"
                                + "0a090001"
                                + "000000000000"
                                + "0a090001");
    }

    @Test
    void anIpv6AddressIsAnnouncedByAnUnsolicitedAdvertisement()
            throws IOException, InterruptedException {
        String own = "20010db8000000000000000000000001";
        String allNodes = "ff020000000000000000000000000001";
        // The checksum is the one that Linux writes itself for the same octets.
        assertThat(
                        heard(
                                1,
                                () ->
                                        netns.announcer()
                                                .announce(
                                                        LINK,
                                                        List.of(Cidr.address("2001:db8::1")))))
                .singleElement()
                .asString()
                .startsWith(
                        "333300000001"
                                + "020000000030"
                                + "86dd"
                                + "60000000"
                                + "0020"
                                + "3aff"
                                + own
                                + allNodes
                                + "8800")
                .endsWith("20000000" + own + "0201" + "020000000030");
    }

    /// The first may be lost.
    @Test
    void whatIsAnnouncedIsAnnouncedOnceMore() throws IOException, InterruptedException {
        witness.run("ip address add 10.9.0.1/24 dev base");
        witness.run("ip address add 2001:db8::1/64 dev base nodad");
        List<InetAddress> own = List.of(Cidr.address("10.9.0.1"), Cidr.address("2001:db8::1"));

        List<String> frames = heard(4, () -> netns.announcer().announce(LINK, own));

        assertThat(frames.subList(2, 4)).isEqualTo(frames.subList(0, 2));
        assertThat(frames.subList(0, 2)).doesNotHaveDuplicates();
    }

    @Test
    void anAddressThatIsGoneByThenIsNotAnnouncedAgain() throws IOException, InterruptedException {
        witness.run("ip address add 10.9.0.1/24 dev base");

        List<String> frames =
                heard(
                        3,
                        () -> {
                            netns.announcer().announce(LINK, List.of(Cidr.address("10.9.0.1")));
                            // Well before it would be announced again, as no process would be.
                            netns.rtnl()
                                    .apply(
                                            List.of(
                                                    new DeleteAddress(
                                                            LINK, Cidr.parse("10.9.0.1/24")),
                                                    new AddAddress(
                                                            LINK, Cidr.parse("10.9.0.9/24"))));
                            netns.announcer().announce(LINK, List.of(Cidr.address("10.9.0.9")));
                        });

        assertThat(frames)
                .extracting(frame -> frame.substring(frame.length() - 8))
                .containsExactly("0a090001", "0a090009", "0a090009");
    }

    @Test
    void anAdvertisementIsBelievedByTheNeighboursKernel() throws IOException, InterruptedException {
        neighbour.run("ip address add 2001:db8::2/64 dev far nodad");
        neighbour.run("ip neighbour add 2001:db8::1 lladdr 02:00:00:00:00:99 dev far nud stale");
        heard(1, () -> netns.announcer().announce(LINK, List.of(Cidr.address("2001:db8::1"))));
        assertThat(neighbour.run("ip -6 neighbour show dev far"))
                .contains("2001:db8::1 lladdr " + MAC);
    }

    @Test
    void anArpAnnouncementIsBelievedByTheNeighboursKernel()
            throws IOException, InterruptedException {
        neighbour.run("ip address add 10.9.0.2/24 dev far");
        neighbour.run("ip neighbour add 10.9.0.1 lladdr 02:00:00:00:00:99 dev far nud stale");
        heard(1, () -> netns.announcer().announce(LINK, List.of(Cidr.address("10.9.0.1"))));
        assertThat(neighbour.run("ip neighbour show dev far")).contains("10.9.0.1 lladdr " + MAC);
    }

    @Test
    void anAddressThatSomebodyAnswersForIsTaken() {
        neighbour.run("ip address add 10.9.0.2/24 dev far");
        neighbour.run("ip address add 2001:db8::2/64 dev far nodad");
        for (String taken : List.of("10.9.0.2", "2001:db8::2")) {
            assertThat(claim(Duration.ofSeconds(90), "10.9.0.77", "2001:db8::77", taken))
                    .contains(new Claim(Cidr.address(taken), FAR));
        }
    }

    @Test
    void anAddressThatNobodyAnswersForIsFreeEvenIfItIsOnesOwn() {
        witness.run("ip address add 10.9.0.1/24 dev base");
        Duration wait = Duration.ofMillis(60);
        assertThat(claim(wait, "10.9.0.77", "10.9.0.1", "2001:db8::77")).isEmpty();
    }

    @Test
    void aProbeIsFromNobodySoThatNoCacheIsSpoilt() throws IOException, InterruptedException {
        List<String> frames = heard(3, () -> claim(Duration.ofMillis(30), "10.9.0.77"));
        assertThat(frames)
                .hasSize(3)
                .allMatch(frame ->
                        frame.endsWith("020000000030" + "00000000" + "000000000000" + "0a09004d"));
        assertThat(neighbour.run("ip neighbour show dev far")).isEmpty();
    }

    @Test
    void aSolicitationGoesToTheGroupOfTheAddress() throws IOException, InterruptedException {
        assertThat(heard(1, () -> claim(Duration.ofMillis(30), "2001:db8::12:3456")))
                .singleElement()
                .asString()
                .startsWith(
                        "3333ff123456"
                                + "020000000030"
                                + "86dd"
                                + "60000000"
                                + "0018"
                                + "3aff"
                                + "00000000000000000000000000000000"
                                + "ff0200000000000000000001ff123456");
    }

    @Test
    void aLinkThatIsDownOrGoneIsRefusedAndALoopbackHasNobodyToTell() {
        witness.run("ip link set base down");
        assertThatThrownBy(
                        () -> netns.announcer().announce(LINK, List.of(Cidr.address("10.9.0.1"))))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENETDOWN");
        assertThatThrownBy(
                        () -> netns.announcer().announce(4711, List.of(Cidr.address("10.9.0.1"))))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.isAbsent()).isTrue());
        netns.announcer().announce(1, List.of(Cidr.address("127.0.0.1")));
        assertThat(
                        netns.announcer()
                                .claim(1, List.of(Cidr.address("127.0.0.9")), Duration.ofHours(1)))
                .isEmpty();
    }

    @Test
    void aProbeIsInterruptible() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> claim(Duration.ofHours(1), "10.9.0.77"))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.errno()).isEqualTo(4));
        assertThat(Thread.interrupted()).isTrue();
    }
}
