package io.patchbay.vpc.adopt;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// What the VPC CNI remembers of its pods (pkg/ipamd/datastore/checkpoint.go). It is on a tmpfs, so
/// after a reboot there is none. Nothing that is wrong with it is fatal: the kernel knows the
/// living pods' addresses as well, though not whose they are.
///
/// @param allocations of all network cards
/// @param remarks a sentence on each file that could not be used, or entry of one
public record Checkpoint(List<Allocation> allocations, List<String> remarks) {
    public static final Path DIRECTORY = Path.of("/var/run/aws-node");

    private static final String VERSION = "vpc-cni-ipam/1";
    private static final Pattern FILE = Pattern.compile("ipam(?:-nic-([0-9]{1,3}))?\\.json");
    // As it names the pod's interface of a further card.
    private static final String FURTHER = "mNicIf";

    public Checkpoint {
        allocations = List.copyOf(allocations);
        remarks = List.copyOf(remarks);
    }

    public static Checkpoint read(Path directory) {
        List<Allocation> allocations = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "ipam*.json")) {
            for (Path file : files) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    int card = Optional.ofNullable(name.group(1)).map(Integer::valueOf).orElse(0);
                    read(file, card, allocations, remarks);
                }
            }
        } catch (NoSuchFileException e) {
            return new Checkpoint(List.of(), List.of());
        } catch (IOException e) {
            remarks.add("%s cannot be listed: %s".formatted(directory, e));
        }
        return new Checkpoint(allocations, remarks);
    }

    private static void read(
            Path file, int card, List<Allocation> allocations, List<String> remarks) {
        try {
            // Of an empty file the parser makes no node at all.
            JsonNode root =
                    Optional.ofNullable(JsonNode.parser().parse(Files.readAllBytes(file)))
                            .orElseGet(JsonNode::emptyObjectNode);
            String version = text(root, "version").orElse("");
            if (!version.equals(VERSION)) {
                remarks.add(
                        "%s is left aside: its \"version\" is \"%s\" and not \"%s\""
                                .formatted(file, version, VERSION));
                return;
            }
            for (JsonNode entry : entries(root)) {
                allocation(entry, card)
                        .ifPresentOrElse(
                                allocations::add,
                                () ->
                                        remarks.add(
                                                "%s: an allocation is left aside: %s"
                                                        .formatted(file, entry)));
            }
        } catch (IOException | UncheckedIOException e) {
            // The parser tells where in a second line.
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            remarks.add("%s is left aside: it cannot be read: %s".formatted(file, why));
        }
    }

    private static List<JsonNode> entries(JsonNode root) {
        return root.field("allocations")
                .filter(JsonNode::isArray)
                .map(JsonNode::asArray)
                .orElse(List.of());
    }

    private static Optional<Allocation> allocation(JsonNode entry, int card) {
        Optional<InetAddress> address =
                text(entry, "ipv4").or(() -> text(entry, "ipv6")).flatMap(Checkpoint::address);
        Optional<String> container = text(entry, "containerID");
        if (address.isEmpty() || container.isEmpty()) {
            return Optional.empty();
        }
        String ifName = card == 0 ? text(entry, "ifName").orElse("") : FURTHER + card;
        Optional<JsonNode> pod = field(entry, "metadata");
        return Optional.of(
                new Allocation(
                        new AttachmentId(
                                container.get(), text(entry, "networkName").orElse(""), ifName),
                        address.get(),
                        new PodRef(
                                pod.flatMap(node -> text(node, "k8sPodNamespace")).orElse(""),
                                pod.flatMap(node -> text(node, "k8sPodName")).orElse(""),
                                ""),
                        card));
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(Cidr.address(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> field(JsonNode node, String key) {
        return node.isObject() ? node.field(key) : Optional.empty();
    }

    private static Optional<String> text(JsonNode node, String key) {
        return field(node, key)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> !text.isEmpty());
    }
}
