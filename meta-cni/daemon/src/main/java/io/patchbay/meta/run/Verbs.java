package io.patchbay.meta.run;

import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.attach.Attacher;
import io.patchbay.meta.attach.Failures;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.RequestDecoder;
import io.patchbay.meta.cni.ValidAttachment;
import io.patchbay.meta.kube.PodNetworks;
import io.patchbay.meta.multus.Inherited;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.Planner;
import io.patchbay.meta.selftest.SelftestArguments;
import io.patchbay.meta.socket.Request;
import io.patchbay.meta.socket.RequestHandler;
import io.patchbay.meta.socket.Spool;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries out the verbs of CNI: decodes, gathers what a verb needs, and has the core do it.
final class Verbs implements RequestHandler {
    private final PodNamespaces namespaces;
    private final SandboxJournal journal;
    private final Attacher attacher;
    private final PodNetworks networks;
    private final Statuses statuses;
    private final PodEvents events;
    private final Spool spool;
    private final Inherited inherited;
    private final DeviceInfoDirectory deviceInfo;
    private final RequestMeters meters;

    Verbs(
            PodNamespaces namespaces,
            SandboxJournal journal,
            Attacher attacher,
            PodNetworks networks,
            Statuses statuses,
            PodEvents events,
            Spool spool,
            Inherited inherited,
            DeviceInfoDirectory deviceInfo,
            RequestMeters meters) {
        this.namespaces = namespaces;
        this.journal = journal;
        this.attacher = attacher;
        this.networks = networks;
        this.statuses = statuses;
        this.events = events;
        this.spool = spool;
        this.inherited = inherited;
        this.deviceInfo = deviceInfo;
        this.meters = meters;
    }

    @Override
    public CniReply handle(Request request) {
        RequestLog log = RequestLog.start(meters);
        byte[] stdin = request.stdin();
        try {
            CniRequest call = RequestDecoder.decode(request.environment(), stdin);
            log.about(call);
            CniReply reply = carryOut(call, request, log);
            log.succeeded();
            return reply;
        } catch (RuntimeException e) {
            RuntimeException told = request.ended(e).map(RuntimeException.class::cast).orElse(e);
            log.failed(told);
            if (told instanceof CniException refusal) {
                log.call().ifPresent(call -> events.refused(call, refusal));
            }
            return CniReply.failure(told, RequestDecoder.replyVersion(stdin));
        }
    }

    private CniReply carryOut(CniRequest call, Request request, RequestLog log) {
        return switch (call.command()) {
            case ADD -> add(call, request, log);
            case DEL -> del(call, request);
            case CHECK -> check(call, request);
            case GC -> gc(call, request.deadline());
            case STATUS -> status(call);
            case VERSION -> CniReply.version(call);
        };
    }

    private CniReply add(CniRequest call, Request request, RequestLog log) {
        try (OpenNetns pod = namespaces.get(call, request)) {
            spool.settle(call.containerId(), this);
            PodNetworks.Chosen chosen =
                    SelftestArguments.network(call)
                            .map(networks::alone)
                            .orElseGet(() -> networks.choose(call.args()));
            AttachmentPlan plan =
                    Planner.plan(
                            call,
                            chosen.pod(),
                            journal.freeNumber(),
                            pod.inode(),
                            chosen.defaultNetwork(),
                            chosen.further(),
                            deviceInfo);
            List<AttachedNetwork> attached = attacher.add(plan, pod, request.deadline());
            statuses.publish(chosen.pod(), attached);
            events.attached(chosen.pod(), attached);
            log.attached(attached);
            return CniReply.success(attached.getFirst().result(), call.version());
        }
    }

    private CniReply del(CniRequest call, Request request) {
        Optional<OpenNetns> pod = namespaces.find(call, request);
        try {
            List<Sandbox> before = journal.find(call.containerId()).stream().toList();
            attacher.del(
                    call.containerId(),
                    call.ifName(),
                    pod.map(Netns.class::cast),
                    request.deadline());
            statuses.withdrawGone(before);
            if (before.isEmpty()) {
                inherited.del(call, pod.map(Netns.class::cast), request.deadline());
            }
            return CniReply.empty();
        } finally {
            pod.ifPresent(OpenNetns::close);
        }
    }

    private CniReply check(CniRequest call, Request request) {
        try (OpenNetns pod = namespaces.get(call, request)) {
            boolean ours = journal.find(call.containerId()).isPresent();
            if (ours || !inherited.check(call, pod, request.deadline())) {
                attacher.check(call.containerId(), pod, request.deadline());
                call.previousResult()
                        .ifPresent(
                                previous -> PromisedAddresses.check(previous, call.ifName(), pod));
            }
            return CniReply.empty();
        }
    }

    private CniReply gc(CniRequest call, Instant deadline) {
        Set<ValidAttachment> valid = new HashSet<>(call.validAttachments());
        Set<String> containers =
                valid.stream().map(ValidAttachment::containerId).collect(Collectors.toSet());
        List<Sandbox> before = journal.all();
        Failures failures = new Failures();
        Set<AttachmentId> others = new HashSet<>();
        List<PlannedAttachment> swept = new ArrayList<>();
        // Where it cannot be told what is another program's, nothing is swept.
        failures.attempt(() -> {
            others.addAll(inherited.attachments(call));
            swept.addAll(NodePlans.all(call, networks, deviceInfo));
        });
        valid.stream()
                .filter(one -> journal.find(one.containerId()).isEmpty())
                .forEach(one ->
                        swept.forEach(network -> others.add(one.on(network.id().network()))));
        failures.attempt(() ->
                attacher.gc(sandbox -> valid.contains(title(sandbox)), swept, others, deadline));
        statuses.withdrawGone(before);
        failures.attempt(() -> inherited.gc(call, containers::contains, deadline));
        failures.thrown()
                .ifPresent(first -> {
                    throw first;
                });
        return CniReply.empty();
    }

    private static ValidAttachment title(Sandbox sandbox) {
        return new ValidAttachment(
                sandbox.plan().containerId(),
                sandbox.plan().attachments().getFirst().id().ifName());
    }

    /// Whatever would refuse every ADD makes the node unavailable.
    private CniReply status(CniRequest call) {
        try {
            networks.requireReady();
            attacher.status(NodePlans.everyPods(call, networks, deviceInfo));
            return CniReply.empty();
        } catch (CniException e) {
            if (e.code() == Standard.UNAVAILABLE || e.code() == Standard.UNAVAILABLE_AND_DEGRADED) {
                throw e;
            }
            throw new CniException(
                    Standard.UNAVAILABLE, String.valueOf(e.getMessage()), e.details());
        }
    }
}
