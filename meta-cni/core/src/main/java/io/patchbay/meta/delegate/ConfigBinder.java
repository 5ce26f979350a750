package io.patchbay.meta.delegate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Binds a JSON object to a delegate's record, strictly. An unknown key is code 2, unless {@link
/// UnknownKeys} says otherwise, a value of the wrong type 6, one that cannot be 7; every refusal
/// names the key and the value.
public final class ConfigBinder {
    private static final Set<String> OF_THE_CORE =
            Set.of(
                    "cniVersion",
                    "name",
                    "type",
                    "capabilities",
                    "runtimeConfig",
                    "args",
                    "prevResult",
                    "ipam",
                    "dns");
    private static final Set<String> OF_AN_IPAM = Set.of("type");
    // How whereabouts, sriov-cni and Multus are told how much to log, and where.
    private static final Set<String> OF_LOGGING =
            Set.of("logFile", "logLevel", "logOptions", "logToStderr", "debug");
    private static final String RESERVED = "cni.dev/";

    private ConfigBinder() {}

    /// Binds a plugin's configuration without the keys that are the core's, or every plugin's,
    /// though a record that declares one of them gets it all the same; and with what its `args.cni`
    /// sets of an {@link io.patchbay.spi.Argument}.
    ///
    /// @param where names the object in refusals, such as `network storage, plugin ipvlan`
    public static <C extends Record> C config(
            String where, ObjectNode json, Class<C> type, UnknownKeys unknown) {
        CniArguments arguments = CniArguments.of(json, type);
        ObjectNode whole = arguments.over(without(json, OF_THE_CORE, type));
        return bind(where, arguments::prefix, whole, type, unknown);
    }

    /// Binds the `ipam` section of a plugin's configuration.
    public static <C extends Record> C ipam(
            String where, ObjectNode json, Class<C> type, UnknownKeys unknown) {
        return bind(where, _ -> "ipam.", without(json, OF_AN_IPAM, type), type, unknown);
    }

    /// Binds a section of Patchbay's own configuration.
    public static <C extends Record> C settings(String where, ObjectNode json, Class<C> type) {
        return bind(where, _ -> "", json, type, UnknownKeys.REFUSED);
    }

    /// Binds the `spec` of somebody else's object. Keys that are unknown are left out, for its kind
    /// may grow, and whatever does not fit is code 7.
    ///
    /// @param where names the object in refusals, such as `ENIConfig zone-a`
    static <S extends Record> S spec(String where, JsonNode json, Class<S> type) {
        try {
            ObjectNode object = JsonObject.read(where + ", key \"spec\"", json).json();
            return bind(where, _ -> "spec.", object, type, unknown -> {});
        } catch (CniException e) {
            throw CniException.invalidConfig(String.valueOf(e.getMessage()));
        }
    }

    /// All that keeps a section of Patchbay's own configuration from being bound: after each
    /// problem it goes on without the key that has it.
    public static List<String> settingsProblems(
            String where, ObjectNode json, Class<? extends Record> type) {
        List<String> problems = new ArrayList<>();
        Set<List<String>> left = new HashSet<>();
        ObjectNode rest = json;
        while (true) {
            try {
                Json.mapper().treeToValue(rest, type);
                return problems;
            } catch (JsonMappingException e) {
                List<String> path = e.getPath().stream().map(Reference::toString).toList();
                // What is missing now was left out for another problem, or was never there.
                if (!left.add(path)) {
                    return problems;
                }
                problems.add(String.valueOf(new Misfit(where, "", rest, e).refusal().getMessage()));
                if (path.isEmpty() || e.getPath().getLast().getFieldName() == null) {
                    return problems;
                }
                rest = without(rest, e.getPath());
            } catch (JsonProcessingException e) {
                problems.add(where + ": " + e.getOriginalMessage());
                return problems;
            }
        }
    }

    /// @param prefix by the place of a misfit, the keys that lead to the object
    private static <C extends Record> C bind(
            String where,
            Function<List<Reference>, String> prefix,
            ObjectNode json,
            Class<C> type,
            UnknownKeys unknown) {
        ObjectNode rest = json;
        while (true) {
            try {
                return Json.mapper().treeToValue(rest, type);
            } catch (UnrecognizedPropertyException e) {
                unknown.met(new Misfit(where, prefix.apply(e.getPath()), rest, e).refusal());
                rest = without(rest, e.getPath());
            } catch (JsonMappingException e) {
                throw new Misfit(where, prefix.apply(e.getPath()), rest, e).refusal();
            } catch (JsonProcessingException e) {
                // A number that no int or long holds; Jackson does not say where it stood.
                throw CniException.invalidConfig(where + ": " + e.getOriginalMessage());
            }
        }
    }

    private static ObjectNode without(ObjectNode json, List<Reference> path) {
        ObjectNode rest = json.deepCopy();
        JsonNode holder = rest;
        for (Reference step : path.subList(0, path.size() - 1)) {
            holder =
                    step.getFieldName() == null
                            ? holder.path(step.getIndex())
                            : holder.path(step.getFieldName());
        }
        ((ObjectNode) holder).remove(path.getLast().getFieldName());
        return rest;
    }

    private static ObjectNode without(
            ObjectNode json, Set<String> ignored, Class<? extends Record> type) {
        Set<String> declared = Json.keys(type);
        ObjectNode rest = Json.object();
        for (var entry : json.properties()) {
            String key = entry.getKey();
            boolean stripped =
                    ignored.contains(key) || OF_LOGGING.contains(key) || key.startsWith(RESERVED);
            if (declared.contains(key) || !stripped) {
                rest.set(key, entry.getValue());
            }
        }
        return rest;
    }
}
