package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.ResultCodec;
import io.patchbay.meta.process.Child;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One call of a foreign binary, put together and then run. The binary sees the `CNI_*` variables
/// and the daemon's PATH, nothing else. Source: CNI SPEC.md 1.1.0, "Parameters" and "Section 4".
public final class ForeignCall {
    private static final Logger LOG = System.getLogger(ForeignCall.class.getName());

    /// No call takes longer, whatever its deadline; some verbs have none.
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final ForeignConfig config;
    private final InstantSource clock;
    private final Map<String, String> environment = new TreeMap<>();
    private final ObjectNode input;
    private Instant deadline;

    public ForeignCall(ForeignConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.input = config.json().deepCopy();
        this.deadline = clock.instant().plus(LONGEST);
        environment.put("CNI_PATH", String.join(File.pathSeparator, config.path()));
        Optional.ofNullable(System.getenv("PATH")).ifPresent(path -> environment.put("PATH", path));
    }

    public ForeignCall of(AttachmentId id) {
        environment.put("CNI_CONTAINERID", id.containerId());
        environment.put("CNI_IFNAME", id.ifName());
        environment.put(
                "CNI_ARGS",
                config.args().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(";")));
        return this;
    }

    /// Sets CNI_NETNS.
    ///
    /// @param netns a path in the daemon's own mount namespace; empty when it is gone
    public ForeignCall in(String netns) {
        environment.put("CNI_NETNS", netns);
        return this;
    }

    /// Sets prevResult, in the configuration's version.
    public ForeignCall after(Optional<CniResult> previous) {
        previous.ifPresent(
                result -> input.set("prevResult", ResultCodec.encode(result, config.version())));
        return this;
    }

    public ForeignCall until(Instant value) {
        deadline = value;
        return this;
    }

    /// Sets what GC is to spare.
    public ForeignCall keeping(String network, Set<AttachmentId> valid) {
        ArrayNode spared = Json.mapper().createArrayNode();
        valid.stream()
                .filter(id -> id.network().equals(network))
                .sorted(Comparator.comparing(AttachmentId::toString))
                .forEach(id ->
                        spared.addObject()
                                .put("containerID", id.containerId())
                                .put("ifname", id.ifName()));
        input.set("cni.dev/valid-attachments", spared);
        // libcni/api.go still sends the key of the specification's draft, too.
        input.set("cni.dev/attachments", spared.deepCopy());
        return this;
    }

    /// Runs ADD. A result that tells no version is read as one of the configuration's.
    public CniResult add() {
        Child.Exited ending = exec("ADD");
        if (!ending.complaint().isBlank()) {
            config.complaints().add(config.type(), ending.complaint().strip());
        }
        return result(ending.output());
    }

    private CniResult result(String output) {
        if (output.isBlank()) {
            throw new CniException(
                    Standard.UNDECODABLE, name("ADD") + " said nothing: a result is expected");
        }
        ObjectNode result = Json.decodeObject("the result of " + name("ADD"), output);
        String version = result.path("cniVersion").asText();
        if (version.isEmpty()) {
            result.put("cniVersion", config.version().toString());
        } else if (CniVersion.find(version).isEmpty()) {
            throw new CniException(
                    Standard.INCOMPATIBLE_VERSION,
                    "%s gave a result of version \"%s\", which is not spoken here"
                            .formatted(name("ADD"), version));
        }
        return ResultCodec.decode("the result of " + name("ADD"), result);
    }

    /// Runs a verb and returns what the binary printed. Its refusal keeps its code.
    public String run(String verb) {
        return exec(verb).output();
    }

    private Child.Exited exec(String verb) {
        environment.put("CNI_COMMAND", verb);
        byte[] stdin = Json.text(input).getBytes(StandardCharsets.UTF_8);
        Child.Ending ending =
                Child.run(List.of(config.binary().toString()), environment, stdin, left());
        return switch (ending) {
            case Child.Exited exited -> {
                String complaint = exited.complaint();
                if (exited.status() != 0) {
                    throw new ForeignRefusal(
                                    name(verb), exited.status(), exited.output(), complaint)
                            .toException();
                }
                if (!complaint.isBlank()) {
                    LOG.log(
                            Level.INFO,
                            "{0} succeeded, and wrote: {1}",
                            of(verb),
                            complaint.strip());
                }
                yield exited;
            }
            case Child.Killed(Child.Reason reason, String complaint) ->
                    throw killed(verb, reason, complaint);
        };
    }

    private Duration left() {
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST);
        return Duration.between(now, deadline.isBefore(latest) ? deadline : latest);
    }

    private CniException killed(String verb, Child.Reason reason, String complaint) {
        return switch (reason) {
            case OVERDUE ->
                    refusal(
                            Standard.TRY_AGAIN_LATER,
                            verb,
                            "did not end before the deadline, and was killed",
                            complaint);
            case INTERRUPTED ->
                    refusal(
                            Standard.TRY_AGAIN_LATER,
                            verb,
                            "did not end while somebody waited for it, and was killed",
                            complaint);
            case FLOODED ->
                    refusal(
                            Standard.UNDECODABLE,
                            verb,
                            "printed more than %d MiB, and was killed"
                                    .formatted(Child.MOST_OUTPUT >> 20),
                            complaint);
            case UNSTARTABLE -> refusal(Standard.IO_FAILURE, verb, "cannot be started", complaint);
        };
    }

    private CniException refusal(Standard code, String verb, String sentence, String complaint) {
        return new CniException(code, name(verb) + " " + sentence, complaint);
    }

    private String of(String verb) {
        String container = environment.getOrDefault("CNI_CONTAINERID", "");
        return container.isEmpty()
                ? name(verb)
                : "%s for %s of container %s"
                        .formatted(name(verb), environment.get("CNI_IFNAME"), container);
    }

    private String name(String verb) {
        return "%s of plugin %s (%s)".formatted(verb, config.type(), config.binary());
    }
}
