package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.Shim;
import io.patchbay.kit.rig.NodeNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The CNI project's own plugins, one exec after the other, as libcni does it: ADD hands each the
/// result of the one before, CHECK and DEL hand all of them the last, and DEL goes backwards.
record ReferencePlugins(NodeNamespace node) implements Side {
    private static final Path DIRECTORY = Checkout.referencePlugins();

    /// What a row's node has of its own.
    private static final Path OF_OTHERS = Path.of("/opt/cni/bin");

    static Path directory() {
        return DIRECTORY;
    }

    @Override
    public Answer call(String command, Sandbox sandbox, JsonNode previous) {
        List<ObjectNode> plugins = sandbox.wish().plugins();
        Answer answer = new Answer(0, "");
        JsonNode result = previous;
        for (ObjectNode plugin : command.equals("DEL") ? plugins.reversed() : plugins) {
            String input = input(plugin, sandbox.wish(), result).toString();
            answer = exec(plugin.path("type").asText(), sandbox.call(command).input(input));
            if (answer.status() != 0) {
                return answer;
            }
            result = command.equals("ADD") ? answer.json() : previous;
        }
        return answer;
    }

    private Answer exec(String type, Call call) {
        Path own = DIRECTORY.resolve(type);
        Path binary = Files.exists(own) ? own : OF_OTHERS.resolve(type);
        return new Shim(node, binary, Map.of()).call(call);
    }

    private static ObjectNode input(ObjectNode plugin, Wish wish, JsonNode previous) {
        ObjectNode input = plugin.deepCopy();
        JsonNode declared = plugin.path("capabilities");
        input.remove("capabilities");
        input.put("cniVersion", wish.version()).put("name", wish.network());
        ObjectNode offered = wish.runtimeConfig().deepCopy();
        offered.properties().removeIf(entry -> !declared.path(entry.getKey()).asBoolean());
        if (!offered.isEmpty()) {
            input.set("runtimeConfig", offered);
        }
        if (!(previous instanceof MissingNode)) {
            input.set("prevResult", previous);
        }
        return input;
    }
}
