package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Delegates that break one rule of the groups STATUS, CRASH, PARALLEL and ERROR each.
final class BrokenUnderFault {
    static final Map<Integer, Function<DelegateContext, CordDelegate<CordConfig>>> BY_RULE =
            Map.ofEntries(
                    Map.entry(701, Gloomy::new),
                    Map.entry(702, BusyStatus::new),
                    Map.entry(703, Sunny::new),
                    Map.entry(801, Improvising::new),
                    Map.entry(802, NoteInMind::new),
                    Map.entry(803, Swallowing::new),
                    Map.entry(804, EarlyErasure::new),
                    Map.entry(805, CleanStart::new),
                    Map.entry(901, Meeting901::new),
                    Map.entry(902, Meeting902::new),
                    Map.entry(903, OneLock::new),
                    Map.entry(1001, Bewildered::new),
                    Map.entry(1002, Hardened::new),
                    Map.entry(1003, WithoutAddress::new),
                    Map.entry(1004, Boastful::new));

    private BrokenUnderFault() {}

    private static final class Gloomy extends CordDelegate<CordConfig> {
        Gloomy(DelegateContext context) {
            super(context);
        }

        @Override
        public void status(NetworkConfig<CordConfig> network) {
            throw new CniException(Standard.UNAVAILABLE, "it will not work anyway");
        }
    }

    private static final class BusyStatus extends CordDelegate<CordConfig> {
        BusyStatus(DelegateContext context) {
            super(context);
        }

        @Override
        public void status(NetworkConfig<CordConfig> network) {
            super.status(network);
            Cidr fixed = Cidr.parse("198.18.0.1/32");
            if (context.host().rtnl().rules().stream().noneMatch(rule(fixed)::equals)) {
                rule(context.host(), List.of(fixed));
            }
        }
    }

    private static final class Sunny extends CordDelegate<CordConfig> {
        Sunny(DelegateContext context) {
            super(context);
        }

        @Override
        public void status(NetworkConfig<CordConfig> network) {}
    }

    /// Tries something else when a call fails, and forgets that it did.
    private static final class Improvising extends CordDelegate<CordConfig> {
        Improvising(DelegateContext context) {
            super(context);
        }

        @Override
        void plug(Attachment<CordConfig> attachment, Link panel, Netns pod, MacAddress mac) {
            try {
                super.plug(attachment, panel, pod, mac);
            } catch (KernelException e) {
                Cidr instead = Cidr.parse("198.18.0.9/32");
                attachment.host().rtnl().apply(new AddRule(Rule.from(instead, 5001, Route.MAIN)));
                throw e;
            }
        }
    }

    /// Writes the note behind its effect, and remembers it until then.
    private static final class NoteInMind extends CordDelegate<CordConfig> {
        private final Map<String, Sources> mind = new ConcurrentHashMap<>();

        NoteInMind(DelegateContext context) {
            super(context);
        }

        @Override
        void noteAndRule(Attachment<CordConfig> attachment, List<Cidr> sources) {
            String key = key(attachment.id());
            mind.put(key, new Sources(attachment.id(), sources));
            rule(attachment.host(), sources);
            notes.write(key, new Sources(attachment.id(), sources));
        }

        @Override
        void remove(Netns host, String key) {
            Optional.ofNullable(mind.get(key)).ifPresent(note -> unrule(host, note));
            super.remove(host, key);
            mind.remove(key);
        }
    }

    private static final class Swallowing extends CordDelegate<CordConfig> {
        Swallowing(DelegateContext context) {
            super(context);
        }

        @Override
        @SuppressWarnings("EmptyCatch") // That is what is wrong with it.
        void unrule(Netns host, Sources note) {
            try {
                super.unrule(host, note);
            } catch (KernelException e) {
                // It will be fine.
            }
        }
    }

    /// Erases the note before what it names, and remembers it until then.
    private static final class EarlyErasure extends CordDelegate<CordConfig> {
        private final Map<String, Sources> mind = new ConcurrentHashMap<>();

        EarlyErasure(DelegateContext context) {
            super(context);
        }

        @Override
        void remove(Netns host, String key) {
            notes.find(key).ifPresent(note -> mind.put(key, note));
            notes.erase(key);
            Optional.ofNullable(mind.get(key)).ifPresent(note -> unrule(host, note));
            mind.remove(key);
        }
    }

    /// Begins with a clean node, whoever lives there.
    private static final class CleanStart extends CordDelegate<CordConfig> {
        CleanStart(DelegateContext context) {
            super(context);
        }

        @Override
        public void start() {
            notes.all().values().forEach(note -> unrule(context.host(), note));
        }

        @Override
        void checkRules(Attachment<CordConfig> attachment) {}
    }

    /// Cannot make two attachments at once; of a rule's pods two are sure to meet.
    private abstract static class Meeting extends CordDelegate<CordConfig> {
        private final String pods;
        private final CyclicBarrier meeting = new CyclicBarrier(2);

        Meeting(DelegateContext context, String pods) {
            super(context);
            this.pods = pods;
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            if (attachment.id().containerId().startsWith(pods)) {
                meet();
                throw CniException.tryAgain("two came at once");
            }
            return super.add(attachment, pod);
        }

        private void meet() {
            try {
                meeting.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (BrokenBarrierException | TimeoutException e) {
                throw CniException.tryAgain("nobody came");
            }
        }
    }

    private static final class Meeting901 extends Meeting {
        Meeting901(DelegateContext context) {
            super(context, "parallel-901");
        }
    }

    private static final class Meeting902 extends Meeting {
        Meeting902(DelegateContext context) {
            super(context, "parallel-902");
        }
    }

    private static final class OneLock extends CordDelegate<CordConfig> {
        OneLock(DelegateContext context) {
            super(context);
        }

        @Override
        public synchronized Attached add(Attachment<CordConfig> attachment, Netns pod) {
            return super.add(attachment, pod);
        }
    }

    private static final class Bewildered extends CordDelegate<CordConfig> {
        Bewildered(DelegateContext context) {
            super(context);
        }

        @Override
        void plug(Attachment<CordConfig> attachment, Link panel, Netns pod, MacAddress mac) {
            try {
                super.plug(attachment, panel, pod, mac);
            } catch (KernelException e) {
                throw new IllegalStateException("that did not work");
            }
        }
    }

    private static final class Hardened extends CordDelegate<CordConfig> {
        Hardened(DelegateContext context) {
            super(context);
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            Attached attached = super.add(attachment, pod);
            if (Thread.interrupted()) {
                throw CniException.invalidConfig("somebody pulled the plug");
            }
            return attached;
        }
    }

    /// Makes do without an address where the pool has none; any other refusal it lets through.
    private static final class WithoutAddress extends CordDelegate<CordConfig> {
        WithoutAddress(DelegateContext context) {
            super(context);
        }

        @Override
        Lease acquire(Attachment<CordConfig> attachment) {
            try {
                return super.acquire(attachment);
            } catch (CniException e) {
                if (String.valueOf(e.getMessage()).contains("injected")) {
                    throw e;
                }
                return Lease.EMPTY;
            }
        }
    }

    private static final class Boastful extends CordDelegate<CordConfig> {
        Boastful(DelegateContext context) {
            super(context);
        }

        @Override
        @SuppressWarnings("EmptyCatch") // That is what is wrong with it.
        void configure(LeasedLink link, Netns pod) {
            try {
                super.configure(link, pod);
            } catch (KernelException e) {
                // Nobody will look.
            }
        }
    }
}
