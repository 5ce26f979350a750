package io.patchbay.kit.jar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The source of a third party's delegate, of which each part does what a test wants, and nothing
/// else: `type`, `spiVersion`, `constructor` and `create` of the provider, and the delegate's
/// verbs. `members` are more of the delegate's class, `config` are the components of its record.
public record DelegateSource(String type, Map<String, String> parts) {
    private static final String SOURCE =
            """
            package acme.%1$s;

            import io.patchbay.spi.*;
            import io.patchbay.spi.cni.*;
            import io.patchbay.spi.ipam.*;
            import io.patchbay.spi.net.*;
            import java.util.*;

            public final class Provider implements DelegateProvider<Provider.Config> {
                public record Config(%2$s) {}

                public Provider() { %3$s }
                @Override public String type() { %4$s }
                @Override public int spiVersion() { %5$s }
                @Override public Class<Config> configType() { return Config.class; }
                @Override public Delegate<Config> create(DelegateContext context) { %6$s }

                /// Throws anything, checked or not.
                @SuppressWarnings("unchecked")
                static <T extends Throwable> RuntimeException sneak(Throwable any) throws T { throw (T) any; }

                static int deeper(int n) { return deeper(n + 1) + 1; }

                public static final class Made implements Delegate<Config> {
                    %7$s
                    @Override public void start() { %8$s }
                    @Override public void probe(Attachment<Config> attachment, Netns pod) { %9$s }
                    @Override public Attached add(Attachment<Config> attachment, Netns pod) { %10$s }
                    @Override public void check(Attachment<Config> attachment, Netns pod) { %11$s }
                    @Override public void del(Detachment<Config> detachment, Optional<Netns> pod) { %12$s }
                    @Override public void gc(NetworkConfig<Config> network, Set<AttachmentId> valid) { %13$s }
                    @Override public void status(NetworkConfig<Config> network) { %14$s }
                    @Override public void close() { %15$s }
                }
            }
            """;

    public DelegateSource {
        parts = Map.copyOf(parts);
    }

    /// A delegate that succeeds in everything and does nothing.
    public static DelegateSource of(String type) {
        return new DelegateSource(type, Map.of());
    }

    /// @param body Java statements
    public DelegateSource with(String part, String body) {
        Map<String, String> more = new HashMap<>(parts);
        more.put(part, body);
        return new DelegateSource(type, more);
    }

    public SourceJar jar() {
        String source =
                SOURCE.formatted(
                        type,
                        part("config", ""),
                        part("constructor", ""),
                        part("type", "return \"%s\";".formatted(type)),
                        part("spiVersion", "return Spi.VERSION;"),
                        part("create", "return new Made();"),
                        part("members", ""),
                        part("start", ""),
                        part("probe", ""),
                        part("add", "return Attached.of(CniResult.EMPTY);"),
                        part("check", ""),
                        part("del", ""),
                        part("gc", ""),
                        part("status", ""),
                        part("close", ""));
        String provider = "acme.%s.Provider".formatted(type);
        return new SourceJar(Map.of(provider, source), Map.of(), List.of(provider));
    }

    private String part(String name, String usual) {
        return parts.getOrDefault(name, usual);
    }
}
