package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.translation.Remarks;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the networks that every pod gets: Multus' `clusterNetwork` or first delegate, and
/// `defaultNetworks` with the other delegates.
final class DefaultNetworks {
    private static final String DAEMON_DIRECTORY = "/etc/cni/net.d";

    private final MultusConfig config;
    private final NetworkFinder finder;
    private final Remarks remarks;
    private final ObjectNode settings;

    DefaultNetworks(
            MultusConfig config, NetworkFinder finder, Remarks remarks, ObjectNode settings) {
        this.config = config;
        this.finder = finder;
        this.remarks = remarks;
        this.settings = settings;
    }

    /// Refuses with code 7 a default network that cannot be had.
    void translate() {
        FoundNetwork found = first();
        for (String key : List.of("multusAutoconfigDir", "multusMasterCNI")) {
            if (config.keys().json().has(key)) {
                remarks.key(
                        key,
                        "is not carried over: the default network is a setting, %s was found for it"
                                .formatted(found.what()));
            }
        }
        ObjectNode network = found.config().deepCopy();
        auxiliary(found, network);
        if (!config.behind().isEmpty()) {
            append(network, config.behind());
            remarks.key(
                    "plugins",
                    "%d plugins stand behind Multus: they are put at the end of the default network's chain, where they see the same result"
                            .formatted(config.behind().size()));
        }
        speak("defaultNetwork", network);
        refuseLoop(network);
        settings.set("defaultNetwork", network);
        further();
    }

    private FoundNetwork first() {
        String name = config.text("clusterNetwork", "");
        List<ObjectNode> delegates = config.delegates();
        if (!name.isEmpty()) {
            if (!delegates.isEmpty()) {
                remarks.key(
                        "delegates", "is left out: clusterNetwork comes before it, in Multus too");
            }
            return cluster(name);
        }
        if (!delegates.isEmpty()) {
            remarks.key("delegates", "the first becomes defaultNetwork");
            return new FoundNetwork("delegates[0]", Optional.empty(), delegates.getFirst());
        }
        if (config.isOfDaemon()) {
            return master();
        }
        throw config.keys()
                .refusal(
                        "clusterNetwork",
                        "it is missing, and so is \"delegates\": one of them tells the default network");
    }

    private FoundNetwork cluster(String name) {
        FoundNetwork found =
                finder.find(name)
                        .orElseThrow(() -> config.keys().refusal("clusterNetwork", missing(name)));
        remarks.key(
                "clusterNetwork",
                "\"%s\" is %s: its configuration becomes defaultNetwork, as a copy, so a later change of it is to be made there"
                        .formatted(name, found.what()));
        return found;
    }

    private String missing(String name) {
        return name.contains("/")
                ? "\"%s\" is not there: run the import on a node, where it is".formatted(name)
                : "\"%s\" is no NetworkAttachmentDefinition of namespace %s among the manifests, and no file in %s has that name: pass its manifest with --networks, or run the import on a node"
                        .formatted(name, finder.namespace(), finder.confDir());
    }

    /// What the daemon would find: the file it is told, or the first that is not its own.
    private FoundNetwork master() {
        Path directory =
                ConfigFiles.onNode(
                        config.text(
                                "multusAutoconfigDir",
                                config.text("cniConfigDir", DAEMON_DIRECTORY)));
        String master = config.text("multusMasterCNI", "");
        Optional<Path> file =
                master.isEmpty()
                        ? ConfigFiles.first(directory)
                        : Optional.of(directory.resolve(master));
        FoundNetwork found =
                file.map(NetworkFinder::found)
                        .orElseThrow(() ->
                                config.keys()
                                        .refusal(
                                                "multusAutoconfigDir",
                                                "no CNI configuration but Multus' own is in %s: run the import on a node, or set clusterNetwork"
                                                        .formatted(directory)));
        remarks.key(
                "clusterNetwork",
                "is not there: the primary network that the daemon finds is %s, which becomes defaultNetwork, as a copy"
                        .formatted(found.what()));
        return found;
    }

    private void auxiliary(FoundNetwork found, ObjectNode network) {
        String name = config.text("auxiliaryCNIChainName", "");
        if (name.isEmpty()) {
            return;
        }
        List<ObjectNode> chained =
                found.file().map(file -> ConfigFiles.chained(file, name)).orElse(List.of());
        if (chained.isEmpty()) {
            remarks.key(
                    "auxiliaryCNIChainName",
                    "is left out: chain \"%s\" has no plugin beside %s"
                            .formatted(name, found.what()));
            return;
        }
        append(network, chained);
        remarks.key(
                "auxiliaryCNIChainName",
                "the %d plugins of chain \"%s\" are put at the end of the default network's chain, so they are called with the interface's own name, and not with a netN that is not there"
                        .formatted(chained.size(), name));
    }

    private static void append(ObjectNode network, List<ObjectNode> plugins) {
        if (plugins.isEmpty()) {
            return;
        }
        if (!(network.path("plugins") instanceof ArrayNode)) {
            ObjectNode only = network.deepCopy();
            only.remove(List.of("cniVersion", "name"));
            network.retain("cniVersion", "name");
            network.putArray("plugins").add(only);
        }
        plugins.forEach(((ArrayNode) network.path("plugins"))::add);
    }

    /// Puts the oldest version that is spoken for one that is not.
    private void speak(String where, ObjectNode network) {
        String version = network.path("cniVersion").asText();
        if (network.has("cniVersions") || CniVersion.find(version).isPresent()) {
            return;
        }
        network.put("cniVersion", CniVersion.V0_3_1.toString());
        remarks.add(
                where,
                "cniVersion \"%s\" is not spoken here: it is written as \"0.3.1\", which its plugins must speak"
                        .formatted(version));
    }

    private void further() {
        ArrayNode list = settings.putArray("defaultNetworks");
        List<ObjectNode> delegates =
                config.text("clusterNetwork", "").isEmpty() ? config.delegates() : List.of();
        for (int i = 1; i < delegates.size(); i++) {
            String name = delegates.get(i).path("name").asText("delegate-" + i);
            list.add(
                    finder.namespace()
                            + "/"
                            + define("delegates[%d]".formatted(i), name, delegates.get(i)));
        }
        List<String> names = new ArrayList<>(config.keys().strings("defaultNetworks"));
        for (int i = 0; i < names.size(); i++) {
            list.add(
                    finder.namespace()
                            + "/"
                            + name("defaultNetworks[%d]".formatted(i), names.get(i)));
        }
    }

    private String name(String key, String name) {
        Optional<FoundNetwork> found = finder.find(name);
        if (found.isPresent() && !found.get().isDefinition()) {
            String own = found.get().config().path("name").asText();
            return define(key, own, found.get().config());
        }
        if (found.isEmpty() && name.contains("/")) {
            throw config.keys().refusal(key, missing(name));
        }
        remarks.key(
                key,
                "\"%s\" stays, as %s/%s%s"
                        .formatted(
                                name,
                                finder.namespace(),
                                name,
                                found.isPresent()
                                        ? ""
                                        : ": such a NetworkAttachmentDefinition must be there, and is not among the manifests"));
        return name;
    }

    /// A network in a file has to become a definition, for a setting selects definitions only.
    private String define(String key, String name, ObjectNode network) {
        String label = DefinitionName.of(name);
        ObjectNode copy = network.deepCopy();
        speak(key, copy);
        ObjectNode manifest = Json.object();
        manifest.put("apiVersion", "k8s.cni.cncf.io/v1").put("kind", "NetworkAttachmentDefinition");
        manifest.putObject("metadata").put("name", label).put("namespace", finder.namespace());
        manifest.putObject("spec").put("config", Json.text(copy));
        remarks.key(
                key,
                "is a configuration, not a definition: apply this manifest for it, then defaultNetworks finds it: "
                        + Json.text(manifest));
        return label;
    }

    /// Refuses a default network that would call Multus or us again.
    private static void refuseLoop(ObjectNode network) {
        SelfCall.find(network)
                .ifPresent(type -> {
                    throw CniException.invalidConfig(
                            "the default network has a plugin of type \"%s\": name the network that Multus attaches, not Multus"
                                    .formatted(type));
                });
    }
}
