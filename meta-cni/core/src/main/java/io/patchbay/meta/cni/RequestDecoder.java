package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decodes what the runtime gave: `CNI_*` variables, and a configuration on stdin. Source: CNI
/// SPEC.md 1.1.0, sections 1 and 2.
public final class RequestDecoder {
    static final String STDIN = "the configuration on stdin";

    // The verbs that came after the first version that is spoken here.
    private static final Map<CniCommand, CniVersion> SINCE =
            Map.of(
                    CniCommand.CHECK, CniVersion.V0_4_0,
                    CniCommand.STATUS, CniVersion.V1_1_0,
                    CniCommand.GC, CniVersion.V1_1_0);

    private RequestDecoder() {}

    /// Refuses with 4 a bad environment, with 6 what is no JSON or has a wrong type, with 1 a
    /// version that is not spoken or does not have the verb, with 7 a bad name.
    public static CniRequest decode(Map<String, String> environment, byte[] stdin) {
        Environment variables = new Environment(environment);
        if (variables.command() == CniCommand.VERSION) {
            return version(stdin);
        }
        JsonObject config = JsonObject.read(STDIN, Json.decode(STDIN, stdin));
        CniVersion version = version(config);
        requireVerb(variables.command(), version);
        PluginConfigs.name(config, "");
        PluginConfig plugin = PluginConfigs.check(config);
        boolean sandbox =
                switch (variables.command()) {
                    case ADD, DEL, CHECK -> true;
                    case GC, STATUS, VERSION -> false;
                };
        return new CniRequest(
                variables.command(),
                sandbox ? variables.get(Environment.CONTAINER_ID) : "",
                sandbox ? variables.netns() : Optional.empty(),
                sandbox ? variables.get(Environment.IFNAME) : "",
                sandbox ? variables.arguments() : Map.of(),
                variables.path(),
                version,
                plugin);
    }

    /// The version to answer in, as far as stdin tells one that is spoken; else the newest. It
    /// never fails, so that a refusal of {@link #decode} can be told.
    public static CniVersion replyVersion(byte[] stdin) {
        return findVersion(stdin).flatMap(CniVersion::find).orElse(CniVersion.NEWEST);
    }

    private static CniRequest version(byte[] stdin) {
        ObjectNode json = Json.object();
        findVersion(stdin).ifPresent(text -> json.put("cniVersion", text));
        return new CniRequest(
                CniCommand.VERSION,
                "",
                Optional.empty(),
                "",
                Map.of(),
                List.of(),
                replyVersion(stdin),
                new PluginConfig(json));
    }

    /// Reads no further than the key, so that what follows it may be anything.
    private static Optional<String> findVersion(byte[] stdin) {
        try (JsonParser parser = Json.mapper().createParser(stdin)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (key.equals("cniVersion")) {
                    return value == JsonToken.VALUE_STRING
                            ? Optional.of(parser.getText())
                            : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static CniVersion version(JsonObject config) {
        return CniVersion.of(config.string("cniVersion").orElse(""));
    }

    private static void requireVerb(CniCommand command, CniVersion version) {
        CniVersion since = SINCE.getOrDefault(command, version);
        if (!version.isAtLeast(since)) {
            throw new CniException(
                    Standard.INCOMPATIBLE_VERSION,
                    "cniVersion \"%s\" has no %s: it came with %s"
                            .formatted(version, command, since));
        }
    }
}
