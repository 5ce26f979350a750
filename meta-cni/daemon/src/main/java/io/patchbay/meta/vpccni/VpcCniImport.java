package io.patchbay.meta.vpccni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.delegate.Spelling;
import io.patchbay.meta.kube.Yaml;
import io.patchbay.meta.translation.Remarks;
import io.patchbay.meta.translation.Translation;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Turns the environment of aws-node into a configuration of ours.
public final class VpcCniImport {
    private final Remarks remarks = new Remarks();
    private final List<String> problems = new ArrayList<>();
    private final Draft draft = new Draft();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Translator translator;

    private VpcCniImport(List<Entry> found) {
        // As Kubernetes and shells have it, the last counts.
        found.stream()
                .filter(entry -> !entry.name().equals("envFrom"))
                .forEach(entry -> entries.put(entry.name(), entry));
        Map<String, String> values = new TreeMap<>();
        entries.values()
                .forEach(entry -> entry.value().ifPresent(text -> values.put(entry.name(), text)));
        this.translator = new Translator(new Environment(values), draft);
    }

    /// Reads a text and changes nothing. A {@link CniException} names all values that cannot be, or
    /// says why there is no environment.
    ///
    /// @param where names the text in refusals
    /// @param text manifests, as YAML or JSON, or lines of KEY=VALUE
    public static Translation read(String where, String text) {
        return translate(
                where,
                EnvFile.is(text)
                        ? EnvFile.read(where, text)
                        : AwsNode.read(where, objects(where, text)));
    }

    /// As {@link #read(String, String)}, of a DaemonSet that was read elsewhere.
    public static Translation read(String where, JsonNode daemonSet) {
        return translate(where, AwsNode.read(where, List.of(daemonSet)));
    }

    private static List<JsonNode> objects(String where, String text) {
        try {
            return Yaml.readAll(text);
        } catch (Yaml.Malformed e) {
            throw CniException.invalidConfig(
                    "%s, line %d: %s".formatted(where, e.line(), e.reason()));
        }
    }

    private static Translation translate(String where, List<Entry> found) {
        VpcCniImport translation = new VpcCniImport(found);
        translation.warn();
        found.stream()
                .filter(entry -> entry.name().equals("envFrom"))
                .forEach(entry ->
                        translation.remarks.add(
                                "envFrom",
                                "the variables of %s cannot be read here: give them as lines of KEY=VALUE"
                                        .formatted(entry.origin())));
        Variables.ALL.forEach(variable ->
                Optional.ofNullable(translation.entries.get(variable.name()))
                        .ifPresent(entry -> translation.known(variable, entry)));
        translation.entries.keySet().stream()
                .filter(name -> !Variables.BY_NAME.containsKey(name))
                .forEach(translation::unknown);
        translation.defaults();
        if (!translation.problems.isEmpty()) {
            throw CniException.invalidConfig(
                    where + ", " + String.join("\n" + where + ", ", translation.problems));
        }
        return new Translation(translation.remarks.all(), translation.draft.settings());
    }

    private void warn() {
        remarks.add(
                "before the daemon starts",
                "take the DaemonSet aws-node away, or the add-on that puts it back, and then /etc/cni/net.d/10-aws.conflist: two of them on a node give one address twice");
        remarks.add(
                "pods that run",
                "keep their addresses: the daemon adopts them from aws-node's checkpoint /var/run/aws-node/ipam.json, the node's routes and its rules, so leave these in their places, and their DEL frees them");
        remarks.add(
                "network policies",
                "are not enforced, whatever the variables say: what they kept apart can talk once aws-node is away");
        remarks.add(
                "host ports",
                "are not mapped by type vpc: for pods with a hostPort write defaultNetwork as a list, plugins: [{type: vpc}, {type: portmap, snat: true, capabilities: {portMappings: true}}]");
    }

    private void known(Variable variable, Entry entry) {
        String name = variable.name();
        if (entry.value().isEmpty()) {
            remarks.add(name, elsewhere(variable, entry.origin()));
            return;
        }
        String value = entry.value().get();
        if (value.isEmpty() && variable.kind() != Kind.TOLD) {
            remarks.add(name, "is empty, as if it were not there");
            return;
        }
        try {
            remarks.add(name, translator.translate(variable, value));
        } catch (IllegalArgumentException e) {
            problems.add("%s is \"%s\": %s".formatted(name, value, e.getMessage()));
        }
    }

    private static String elsewhere(Variable variable, String origin) {
        String words = variable.words();
        String unread = "comes from %s, which cannot be read here: ".formatted(origin);
        return switch (variable.kind()) {
            case TOLD -> "comes from %s, whatever that is: %s".formatted(origin, words);
            case OFF -> unread + "where it is true, it is lost: " + words;
            case ON -> unread + "where it is false, it cannot stay: " + words;
            default -> unread + "write %s yourself".formatted(variable.key());
        };
    }

    private void unknown(String name) {
        remarks.add(
                name,
                "is no variable of the VPC CNI that Patchbay knows, and is left out"
                        + Spelling.nearest(name, Variables.BY_NAME.keySet())
                                .map(": did you mean %s?"::formatted)
                                .orElse(""));
    }

    private void defaults() {
        boolean mtuElsewhere =
                Optional.ofNullable(entries.get("AWS_VPC_ENI_MTU"))
                        .filter(entry -> entry.value().isEmpty())
                        .isPresent();
        translator.defaults(remarks, mtuElsewhere);
    }
}
