package io.patchbay.meta.view;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Views as text for a terminal.
public final class ViewText {
    private static final String NONE = "-";

    private ViewText() {}

    /// One line an attachment, and a sentence on whatever is not as it should be.
    ///
    /// @param withHealth whether anybody asked for it
    public static String ofAll(List<SandboxView> views, boolean withHealth) {
        List<String> columns =
                new ArrayList<>(
                        List.of("POD", "CONTAINER", "INTERFACE", "NETWORK", "TYPE", "ADDRESSES"));
        columns.addAll(List.of("STATE", "PARENT", "MAC", "MTU", "LINK", "ROUTES"));
        if (withHealth) {
            columns.add("HEALTH");
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (SandboxView view : views) {
            view.attachments().forEach(one -> rows.add(row(view, one, withHealth)));
            String place = view.pod().equals(NONE) ? view.plan().containerId() : view.pod();
            remarks(view).forEach(remark -> remarks.add("%s: %s".formatted(place, remark)));
        }
        return TextTable.of(columns, rows) + lines(remarks);
    }

    private static List<String> row(SandboxView view, AttachmentView one, boolean withHealth) {
        Optional<Link> link = one.link().map(LinkView::link);
        List<String> row =
                new ArrayList<>(
                        List.of(
                                view.pod(),
                                view.plan().containerId(),
                                one.attachment().id().ifName(),
                                one.attachment().title(),
                                one.chain(),
                                addresses(one.addresses()),
                                one.state().toString()));
        row.addAll(
                List.of(
                        one.parent().or(one::device).orElse(NONE),
                        link.flatMap(Link::mac).map(Object::toString).orElse(NONE),
                        link.map(found -> Integer.toString(found.mtu())).orElse(NONE),
                        up(link),
                        routes(one.routes())));
        if (withHealth) {
            row.add(one.health().verdict().toString());
        }
        return row;
    }

    private static String up(Optional<Link> link) {
        return link.map(found -> found.up() ? "up" : "down").orElse(NONE);
    }

    /// Without those that every link of IPv6 has by itself.
    private static String addresses(List<Cidr> addresses) {
        return joined(
                addresses.stream()
                        .filter(address -> !Differences.isLinkLocal(address))
                        .map(Cidr::toString));
    }

    /// The pod's default routes, and how many others it has.
    private static String routes(List<RouteView> routes) {
        List<RouteView> inside = routes.stream().filter(route -> route.side() == Side.POD).toList();
        List<RouteView> defaults =
                inside.stream().filter(one -> one.destination().equals("default")).toList();
        int others = inside.size() - defaults.size();
        return joined(
                Stream.concat(
                        defaults.stream()
                                .map(one ->
                                        "default"
                                                + one.route()
                                                        .gateway()
                                                        .map(via -> " via " + Cidr.text(via))
                                                        .orElse("")),
                        others == 0 ? Stream.of() : Stream.of("+" + others)));
    }

    private static String joined(Stream<String> words) {
        String text = words.collect(Collectors.joining(" "));
        return text.isEmpty() ? NONE : text;
    }

    /// One sandbox with all that is known of it.
    public static String ofOne(SandboxView view) {
        List<String> parts = new ArrayList<>();
        parts.add(head(view));
        parts.add(attachments(view));
        List<List<String>> routes =
                rows(view, one -> one.routes().stream().map(route -> row(one, route)));
        if (!routes.isEmpty()) {
            parts.add(
                    TextTable.of(
                            List.of(
                                    "ROUTE",
                                    "VIA",
                                    "LINK",
                                    "TABLE",
                                    "METRIC",
                                    "SOURCE",
                                    "WHERE",
                                    "INTERFACE"),
                            routes));
        }
        List<List<String>> rules =
                rows(view, one -> one.rules().stream().map(rule -> row(one, rule)));
        if (!rules.isEmpty()) {
            parts.add(
                    TextTable.of(
                            List.of(
                                    "RULE",
                                    "FROM",
                                    "TO",
                                    "INCOMING",
                                    "MARK",
                                    "TABLE",
                                    "WHERE",
                                    "INTERFACE"),
                            rules));
        }
        List<List<String>> binaries =
                rows(view, one -> view.binaries(one).stream().map(binary -> row(one, binary)));
        if (!binaries.isEmpty()) {
            parts.add(TextTable.of(List.of("TYPE", "BINARY", "INTERFACE"), binaries));
        }
        List<String> remarks = new ArrayList<>(remarks(view));
        view.attachments().forEach(one -> remarks.addAll(complaints(view, one)));
        if (!remarks.isEmpty()) {
            parts.add(lines(remarks));
        }
        return String.join("\n", parts);
    }

    private interface Rows {
        Stream<List<String>> of(AttachmentView one);
    }

    private static List<List<String>> rows(SandboxView view, Rows rows) {
        return view.attachments().stream().flatMap(rows::of).toList();
    }

    private static String head(SandboxView view) {
        return TextTable.of(
                List.of("POD", view.pod()),
                List.of(
                        List.of("CONTAINER", view.plan().containerId()),
                        List.of("NAMESPACE", view.plan().netns()),
                        List.of("STATE", view.state().toString())));
    }

    private static String attachments(SandboxView view) {
        boolean devices = view.attachments().stream().anyMatch(one -> one.device().isPresent());
        List<String> columns =
                new ArrayList<>(
                        List.of("INTERFACE", "PARENT", "NETWORK", "TYPE", "KIND", "INDEX", "MAC"));
        columns.addAll(List.of("MTU", "LINK", "ADDRESSES", "STATE", "HEALTH"));
        if (devices) {
            columns.add("DEVICE");
        }
        List<List<String>> rows = new ArrayList<>();
        for (AttachmentView one : view.attachments()) {
            List<String> row = new ArrayList<>(row(one));
            if (devices) {
                row.add(one.device().orElse(NONE));
            }
            rows.add(row);
        }
        return TextTable.of(columns, rows);
    }

    private static List<String> row(AttachmentView one) {
        Optional<Link> link = one.link().map(LinkView::link);
        List<String> row =
                new ArrayList<>(
                        List.of(
                                one.attachment().id().ifName(),
                                one.parent().orElse(NONE),
                                one.attachment().title(),
                                one.chain(),
                                link.map(ViewText::kind).orElse(NONE),
                                link.map(found -> Integer.toString(found.index())).orElse(NONE),
                                link.flatMap(Link::mac).map(Object::toString).orElse(NONE)));
        row.addAll(
                List.of(
                        link.map(found -> Integer.toString(found.mtu())).orElse(NONE),
                        up(link),
                        addresses(one.addresses()),
                        one.state().toString(),
                        one.health().verdict().toString()));
        return row;
    }

    private static String kind(Link link) {
        String kind = link.kind().isEmpty() ? "device" : link.kind();
        return link.vlan().isPresent() ? kind + " " + link.vlan().getAsInt() : kind;
    }

    private static List<String> row(AttachmentView one, RouteView view) {
        Route route = view.route();
        return List.of(
                view.destination(),
                route.gateway().map(Cidr::text).orElse(NONE),
                view.link(),
                RouteView.table(route.table()),
                route.metric() == 0 ? NONE : Integer.toUnsignedString(route.metric()),
                route.source().map(Cidr::text).orElse(NONE),
                view.side().toString(),
                one.attachment().id().ifName());
    }

    private static List<String> row(AttachmentView one, RuleView view) {
        Rule rule = view.rule();
        return List.of(
                Integer.toUnsignedString(rule.priority()),
                rule.from().map(Cidr::toString).orElse("all"),
                rule.to().map(Cidr::toString).orElse("all"),
                rule.incoming().orElse(NONE),
                rule.mask() == 0 ? NONE : "0x%x/0x%x".formatted(rule.mark(), rule.mask()),
                RouteView.table(rule.table()),
                view.side().toString(),
                one.attachment().id().ifName());
    }

    private static List<String> row(AttachmentView one, BinaryView binary) {
        return List.of(binary.type(), binary.path(), one.attachment().id().ifName());
    }

    /// What binaries wrote, line by line: a line break would be shown as a question mark.
    private static List<String> complaints(SandboxView view, AttachmentView one) {
        List<String> lines = new ArrayList<>();
        for (BinaryView binary : view.binaries(one)) {
            String who = "%s: %s wrote: ".formatted(one.attachment().id().ifName(), binary.type());
            binary.complaints().stream()
                    .flatMap(String::lines)
                    .forEach(line -> lines.add(who + line));
        }
        return lines;
    }

    private static List<String> remarks(SandboxView view) {
        List<String> remarks = new ArrayList<>();
        view.unseen().ifPresent(remarks::add);
        for (AttachmentView one : view.attachments()) {
            String name = one.attachment().id().ifName();
            one.differences().forEach(said -> remarks.add("%s: %s".formatted(name, said)));
            if (!one.health().reason().isEmpty()) {
                remarks.add(
                        "%s: %s: %s"
                                .formatted(name, one.health().verdict(), one.health().reason()));
            }
        }
        return remarks;
    }

    private static String lines(List<String> remarks) {
        return remarks.stream()
                .map(remark -> TextTable.printable(remark) + "\n")
                .collect(Collectors.joining());
    }
}
