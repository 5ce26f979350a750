package io.patchbay.kernel.rtnl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.rtnl.address.AddressMessages;
import io.patchbay.kernel.rtnl.link.LinkReader;
import io.patchbay.kernel.rtnl.neighbour.NeighbourMessages;
import io.patchbay.kernel.rtnl.route.RouteMessages;
import io.patchbay.kernel.rtnl.rule.RuleMessages;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dumps that the kernel answered ip(8) with, as records.
class GoldenAnswerTest {
    private static final int BASE = 10;

    private static <T> List<T> read(String name, BiConsumer<Message, Consumer<T>> reader) {
        return read(Golden.of(name).octets(), reader);
    }

    private static <T> List<T> read(byte[] octets, BiConsumer<Message, Consumer<T>> reader) {
        ByteBuffer datagram = ByteBuffer.allocateDirect(octets.length);
        datagram.put(octets).flip().order(ByteOrder.nativeOrder());
        List<T> found = new ArrayList<>();
        Message.split(datagram).forEach(message -> reader.accept(message, found::add));
        return found;
    }

    @Test
    void aLinkHasItsKindItsMasterAndItsParent() {
        List<Link> links = read("answer-links", LinkReader::read);
        assertThat(links).extracting(Link::name).contains("lo", "base", "base-peer", "br9", "near");
        assertThat(links)
                .filteredOn(link -> link.name().equals("near"))
                .containsExactly(
                        new Link(
                                20,
                                "near",
                                "veth",
                                false,
                                1400,
                                77,
                                Optional.of(MacAddress.parse("02:00:00:00:00:14")),
                                OptionalInt.empty(),
                                OptionalInt.of(21),
                                OptionalInt.empty(),
                                OptionalInt.empty()));
        assertThat(links)
                .filteredOn(link -> link.name().equals("near3"))
                .extracting(Link::master)
                .containsExactly(OptionalInt.of(12));
    }

    @Test
    void theLoopbackHasNoMac() {
        assertThat(read("answer-links", LinkReader::read))
                .filteredOn(link -> link.name().equals("lo"))
                .extracting(Link::mac, Link::kind, Link::up)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Optional.empty(), "", true));
    }

    @Test
    void anAddressIsTheLinksOwn() {
        assertThat(
                        read(
                                "answer-addresses",
                                (Message message, Consumer<Cidr> to) ->
                                        AddressMessages.read(message, BASE, to)))
                .contains(
                        Cidr.parse("10.9.0.1/24"),
                        Cidr.parse("10.1.2.3/24"),
                        Cidr.parse("2001:db8:9::1/64"));
    }

    @Test
    void aRouteHasAllThatItWasAddedWith() {
        assertThat(routes("answer-routes-v4"))
                .contains(
                        Route.to(Cidr.parse("10.50.0.0/16"))
                                .on(BASE)
                                .via(Cidr.address("10.9.0.2"))
                                .metric(50),
                        Route.to(Cidr.parse("10.51.0.0/16"))
                                .on(BASE)
                                .scope(Route.Scope.LINK)
                                .source(Cidr.address("10.9.0.1")),
                        Route.to(Cidr.parse("10.53.0.0/16"))
                                .on(BASE)
                                .via(Cidr.address("2001:db8:9::2")));
        assertThat(routes("answer-routes-v6"))
                .contains(
                        Route.to(Cidr.any(true))
                                .on(BASE)
                                .via(Cidr.address("2001:db8:9::2"))
                                .metric(1024)
                                .mtu(1400)
                                .advmss(1300));
    }

    @Test
    void aRouteOfSeveralHopsIsReadByItsFirst() {
        assertThat(routes("answer-routes-v4"))
                .contains(
                        Route.to(Cidr.parse("10.60.0.0/16"))
                                .on(BASE)
                                .via(Cidr.address("10.9.0.2")));
    }

    private static List<Route> routes(String name) {
        return read(
                name,
                (Message message, Consumer<Route> to) ->
                        RouteMessages.read(message, Route.MAIN, to));
    }

    @Test
    void aRuleHasItsPrefixesItsMarkAndItsTable() {
        assertThat(read("answer-rules-v4", RuleMessages::read))
                .contains(
                        new Rule(
                                false,
                                1002,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("base"),
                                0x80,
                                0x80,
                                Route.MAIN));
        assertThat(read("answer-rules-v6", RuleMessages::read))
                .contains(Rule.to(Cidr.parse("2001:db8:7::/48"), 1001, 100));
    }

    @Test
    void aNeighbourIsPermanentOrNot() {
        assertThat(
                        read(
                                "answer-neighbours",
                                (Message message, Consumer<Neighbour> to) ->
                                        NeighbourMessages.read(message, BASE, to)))
                .contains(
                        new Neighbour(
                                BASE,
                                Cidr.address("10.9.0.8"),
                                MacAddress.parse("02:00:00:00:00:08"),
                                true),
                        new Neighbour(
                                BASE,
                                Cidr.address("2001:db8:9::7"),
                                MacAddress.parse("02:00:00:00:00:07"),
                                false));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void spoiltOctetsAreReadOrRefusedAndNothingElse(long seed) {
        Random random = new Random(seed);
        for (String name : List.of("answer-links", "answer-routes-v6", "answer-rules-v4")) {
            for (int round = 0; round < 200; round++) {
                byte[] octets = Golden.of(name).octets();
                for (int i = 0; i < 8; i++) {
                    octets[random.nextInt(octets.length)] = (byte) random.nextInt();
                }
                readOrRefused(octets);
            }
        }
    }

    private static void readOrRefused(byte[] octets) {
        try {
            read(octets, LinkReader::read);
            read(octets, (Message m, Consumer<Route> to) -> RouteMessages.read(m, Route.MAIN, to));
            read(octets, RuleMessages::read);
        } catch (KernelException e) {
            assertThat(e.errno()).isEqualTo(74);
        }
    }

    @Test
    void aMessageShorterThanItsFixedPartIsRefused() {
        refused(16, (message, to) -> LinkReader.read(message, to::accept));
        refused(20, (message, to) -> AddressMessages.read(message, BASE, to::accept));
        refused(24, (message, to) -> RouteMessages.read(message, 254, to::accept));
        refused(28, (message, to) -> NeighbourMessages.read(message, BASE, to::accept));
        refused(32, (message, to) -> RuleMessages.read(message, to::accept));
    }

    private static void refused(int type, BiConsumer<Message, Consumer<Object>> reader) {
        byte[] octets = new byte[20];
        octets[0] = 20;
        octets[4] = (byte) type;
        assertThatThrownBy(() -> read(octets, reader))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("EBADMSG");
    }
}
