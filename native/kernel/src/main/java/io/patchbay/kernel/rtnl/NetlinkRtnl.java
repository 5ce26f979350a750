package io.patchbay.kernel.rtnl;

import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.netlink.NetlinkSocket;
import io.patchbay.kernel.netlink.Refusal;
import io.patchbay.kernel.rtnl.address.AddressMessages;
import io.patchbay.kernel.rtnl.link.BridgeMessages;
import io.patchbay.kernel.rtnl.link.LinkMessages;
import io.patchbay.kernel.rtnl.link.LinkReader;
import io.patchbay.kernel.rtnl.link.VirtualFunctionMessages;
import io.patchbay.kernel.rtnl.link.VirtualFunctionReader;
import io.patchbay.kernel.rtnl.neighbour.NeighbourMessages;
import io.patchbay.kernel.rtnl.route.RouteMessages;
import io.patchbay.kernel.rtnl.rule.RuleMessages;
import io.patchbay.kernel.rtnl.wire.Family;
import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.VirtualFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// rtnetlink over a socket that is bound to a namespace.
public final class NetlinkRtnl implements Rtnl {
    /// IFNAMSIZ without the NUL (linux/if.h).
    private static final int LONGEST_NAME = 15;

    /// A link with its virtual functions is told in one piece: 64 KiB of them, and the link.
    private static final int LARGEST_LINK = 128 * 1024;

    private final NetlinkSocket socket;
    private final String path;

    /// @param path of the namespace, for messages
    public NetlinkRtnl(NetlinkSocket socket, String path) {
        this.socket = socket;
        this.path = path;
    }

    @Override
    public void apply(List<? extends Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        String first = Description.of(changes.getFirst(), path);
        Optional<Refusal> refusal =
                socket.exchange(
                        changes.size() == 1
                                ? first
                                : first + " and %d more changes".formatted(changes.size() - 1),
                        writer -> changes.forEach(change -> Requests.write(writer, change)),
                        reply -> {});
        if (refusal.isPresent()) {
            Refusal no = refusal.get();
            throw no.during(Description.of(changes.get(no.message()), path));
        }
    }

    private String in(String operation) {
        return operation + " in " + path;
    }

    @Override
    public Optional<Link> find(String name) {
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        // No link has such a name; the kernel would refuse to look (ERANGE) instead of saying so.
        return octets == 0 || octets > LONGEST_NAME
                ? Optional.empty()
                : findLink("find link " + name, writer -> LinkMessages.get(writer, name));
    }

    @Override
    public Optional<Link> find(int index) {
        return index <= 0
                ? Optional.empty()
                : findLink("find link " + index, writer -> LinkMessages.get(writer, index));
    }

    private Optional<Link> findLink(String operation, Consumer<MessageWriter> request) {
        List<Link> found = new ArrayList<>();
        Optional<Refusal> refusal =
                socket.exchange(
                        in(operation), request, reply -> LinkReader.read(reply, found::add));
        if (refusal.isPresent() && refusal.get().errno() != KernelException.ENODEV) {
            throw refusal.get().during(in(operation));
        }
        return found.stream().findFirst();
    }

    @Override
    public List<Link> links() {
        return socket.dump(in("dump links"), LinkMessages::getAll, LinkReader::read);
    }

    @Override
    public List<Cidr> addresses(int link) {
        return perFamily(
                "dump the addresses of link " + link,
                (family, writer) -> AddressMessages.getAll(writer, family, link),
                (message, to) -> AddressMessages.read(message, link, to));
    }

    @Override
    public List<Route> routes(int table) {
        return perFamily(
                "dump the routes of table " + table,
                (family, writer) -> RouteMessages.getAll(writer, family, table),
                (message, to) -> RouteMessages.read(message, table, to));
    }

    @Override
    public Set<Integer> tables(int besides) {
        Set<Integer> used = new HashSet<>();
        used.addAll(
                perFamily(
                        "dump the routes of all tables",
                        (family, writer) ->
                                RouteMessages.getAll(writer, family, RouteMessages.ALL_TABLES),
                        (message, to) -> RouteMessages.readTable(message, besides, to)));
        used.addAll(
                perFamily(
                        "dump the tables of rules",
                        (family, writer) -> RuleMessages.getAll(writer, family),
                        RuleMessages::readTable));
        used.addAll(
                socket.dump(
                        in("dump the tables of VRFs"),
                        LinkMessages::getAll,
                        LinkReader::readTable));
        return used;
    }

    @Override
    public List<Rule> rules() {
        return perFamily(
                "dump rules",
                (family, writer) -> RuleMessages.getAll(writer, family),
                RuleMessages::read);
    }

    @Override
    public List<Neighbour> neighbours(int link) {
        return perFamily(
                "dump the neighbours of link " + link,
                (family, writer) -> NeighbourMessages.getAll(writer, family, link),
                (message, to) -> NeighbourMessages.read(message, link, to));
    }

    @Override
    public List<BridgeVlans> bridgeVlans(int port) {
        return socket.dump(
                in("dump the VLANs of port " + port),
                writer -> BridgeMessages.getVlans(writer, port),
                BridgeMessages::readVlans);
    }

    /// A link or a table that does not exist has nothing to show.
    private <T> List<T> perFamily(
            String operation,
            BiConsumer<Family, MessageWriter> request,
            BiConsumer<Message, Consumer<T>> read) {
        List<T> found = new ArrayList<>();
        for (Family family : Family.values()) {
            try {
                found.addAll(
                        socket.dump(in(operation), writer -> request.accept(family, writer), read));
            } catch (KernelException e) {
                if (!e.isAbsent()) {
                    throw e;
                }
            }
        }
        return found;
    }

    @Override
    public List<VirtualFunction> virtualFunctions(int physical) {
        String operation = in("read the virtual functions of link " + physical);
        List<List<VirtualFunction>> found = new ArrayList<>();
        Optional<Refusal> refusal =
                socket.exchange(
                        operation,
                        writer -> VirtualFunctionMessages.getAll(writer, physical),
                        reply -> VirtualFunctionReader.read(reply, found::add),
                        LARGEST_LINK);
        if (refusal.isPresent()) {
            throw refusal.get().during(operation);
        }
        return found.getFirst();
    }
}
