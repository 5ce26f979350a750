package io.patchbay.meta.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kernel.Kernel;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.ResultCodec;
import io.patchbay.meta.selftest.Observation.Remains;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Link;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Puts a temporary pod on a network, takes it off again, and notes what it sees.
///
/// @param journal the daemon's, read anew by each call
record NetworkTrial(OpenSandboxes sandboxes, Kernel kernel, Supplier<SandboxJournal> journal) {

    Observation observe(TestedNetwork network) {
        String id = SelftestArguments.PREFIX + UUID.randomUUID();
        String args = SelftestArguments.of(network.selection());
        try (TemporaryNetns pod = TemporaryNetns.create(kernel)) {
            Set<Integer> before = indexes(kernel.host().rtnl().links());
            ObjectNode configuration = configuration(network);
            Answer add = sandboxes.call("ADD", id, pod.path(), args, configuration);
            Optional<Seen> seen = Optional.empty();
            Optional<Answer> check = Optional.empty();
            OptionalInt group = OptionalInt.empty();
            if (add.succeeded()) {
                ObjectNode told = Json.decodeObject("the result of ADD", add.output());
                configuration.set("prevResult", told);
                CniResult result = ResultCodec.decode("the result of ADD", told);
                seen = Optional.of(new PodView(pod.netns()).look(result));
                group = group(id);
                check = Optional.of(sandboxes.call("CHECK", id, pod.path(), args, configuration));
            }
            Set<Integer> own = own(before, seen, group);
            Answer del = sandboxes.call("DEL", id, pod.path(), args, configuration);
            Answer again = sandboxes.call("DEL", id, pod.path(), args, configuration);
            return new Observation(
                    network, add, seen, check, del, again, remains(network, id, pod, own));
        }
    }

    private static ObjectNode configuration(TestedNetwork network) {
        ObjectNode configuration = Plugin.configuration();
        network.ip()
                .ifPresent(ip -> configuration.putObject("runtimeConfig").putArray("ips").add(ip));
        return configuration;
    }

    private OptionalInt group(String id) {
        return journal.get()
                .find(id)
                .map(Sandbox::plan)
                .map(plan -> OptionalInt.of(plan.number()))
                .orElse(OptionalInt.empty());
    }

    /// The links that came with the sandbox: those of its group, and those that its result names. A
    /// bridge is the network's, and stays.
    private Set<Integer> own(Set<Integer> before, Optional<Seen> seen, OptionalInt group) {
        Set<String> named =
                seen.stream()
                        .flatMap(one -> one.result().interfaces().stream())
                        .filter(one -> one.sandbox().isEmpty())
                        .map(CniResult.Interface::name)
                        .collect(Collectors.toSet());
        return kernel.host().rtnl().links().stream()
                .filter(link -> !before.contains(link.index()) && !link.kind().equals("bridge"))
                .filter(link ->
                        named.contains(link.name())
                                || (group.isPresent() && link.group() == group.getAsInt()))
                .map(Link::index)
                .collect(Collectors.toSet());
    }

    private Remains remains(
            TestedNetwork network, String id, TemporaryNetns pod, Set<Integer> own) {
        List<String> podLinks =
                new PodView(pod.netns()).links().stream().map(one -> one.link().name()).toList();
        List<String> nodeLinks =
                kernel.host().rtnl().links().stream()
                        .filter(link -> own.contains(link.index()))
                        .map(Link::name)
                        .toList();
        return new Remains(
                podLinks,
                nodeLinks,
                journal.get().find(id).isPresent(),
                network.config().map(config -> Leases.of(config, id)).orElse(List.of()));
    }

    private static Set<Integer> indexes(List<Link> links) {
        return links.stream().map(Link::index).collect(Collectors.toSet());
    }
}
