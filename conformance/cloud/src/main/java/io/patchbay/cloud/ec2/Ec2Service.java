package io.patchbay.cloud.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.ec2.Signature.Signed;
import io.patchbay.cloud.http.ServiceThreads;
import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/// EC2 over HTTP, at as many addresses as are wanted. It answers on platform threads: what a call
/// changes, others follow at once, into network namespaces too.
public final class Ec2Service implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final Map<String, Action> ACTIONS = actions();

    private final World world;
    private final ClientTokens tokens = new ClientTokens();
    private final ExecutorService threads = ServiceThreads.of("ec2");
    private final List<HttpServer> servers = new ArrayList<>();

    private record Answer(int status, String body) {}

    public Ec2Service(World world) {
        this.world = world;
    }

    private static Map<String, Action> actions() {
        Map<String, Action> all = new HashMap<>();
        List.of(
                        InterfaceActions.ALL,
                        AddressActions.ALL,
                        SubnetActions.ALL,
                        InstanceActions.ALL,
                        GroupActions.ALL,
                        TagActions.ALL,
                        TrunkActions.ALL)
                .forEach(all::putAll);
        return Map.copyOf(all);
    }

    /// Listens at an address of this process's network namespace; at port 0, at a free one.
    public URI listen(InetSocketAddress address) {
        return start(bind(address));
    }

    /// Listens at an address of another namespace.
    public URI listen(Netns namespace, InetSocketAddress address) {
        return start(namespace.inside(() -> bind(address)));
    }

    private static HttpServer bind(InetSocketAddress address) {
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("EC2 cannot listen at " + address, e);
        }
    }

    private synchronized URI start(HttpServer server) {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        servers.add(server);
        InetSocketAddress at = server.getAddress();
        return URI.create("http://%s:%d".formatted(at.getAddress().getHostAddress(), at.getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String form =
                    exchange.getRequestMethod().equals("POST")
                            ? body
                            : Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                                    .orElse("");
            Optional<Answer> answer = answer(exchange, form, body);
            if (answer.isPresent()) {
                byte[] bytes = answer.get().body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
                exchange.sendResponseHeaders(answer.get().status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Empty where the answer is lost: the exchange is closed without one.
    private Optional<Answer> answer(HttpExchange exchange, String form, String body)
            throws InterruptedException {
        String id = UUID.randomUUID().toString();
        try {
            Parameters parameters = Parameters.decode(form);
            String name = parameters.get("Action");
            Action action = find(name);
            Faults faults = world.faults();
            Thread.sleep(faults.latency(name));
            Optional<Fault> fault = faults.meet(name);
            if (fault.isPresent()
                    && fault.get()
                            instanceof Fault.Refuse(int status, String code, String message)) {
                throw new Ec2Refusal(status, code, message);
            }
            world.keys()
                    .verify(
                            signed(exchange, body),
                            world.region(),
                            faults.weather().credentialsExpired());
            Answer answer = answer(id, name, action, parameters);
            return fault.isPresent() ? spoiled(fault.get()) : Optional.of(answer);
        } catch (Ec2Refusal refusal) {
            return Optional.of(refused(id, refusal));
        } catch (RuntimeException e) {
            System.getLogger(Ec2Service.class.getName())
                    .log(System.Logger.Level.ERROR, "the simulated EC2 fails", e);
            return Optional.of(refused(id, new Ec2Refusal(500, "InternalError", e.toString())));
        }
    }

    private static Optional<Answer> spoiled(Fault fault) {
        return switch (fault) {
            case Fault.Garble() -> Optional.of(new Answer(200, "<html><body>It works!</body>"));
            case Fault.Lose(), Fault.Refuse(_, _, _) -> Optional.empty();
        };
    }

    private static Action find(String name) {
        Action action = ACTIONS.get(name);
        if (action == null) {
            throw new Ec2Refusal(
                    "InvalidAction",
                    "The action %s is not valid for this web service.".formatted(name));
        }
        return action;
    }

    private static Signed signed(HttpExchange exchange, String body) {
        URI uri = exchange.getRequestURI();
        return new Signed(
                exchange.getRequestMethod(),
                uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                exchange.getRequestHeaders(),
                body);
    }

    private Answer answer(String id, String name, Action action, Parameters parameters) {
        List<Xml> parts = new ArrayList<>(List.of(Xml.text("requestId", id)));
        parts.addAll(action.answer(new Call(world, tokens, parameters)));
        return new Answer(200, Xml.of(name + "Response", parts).renderAnswer());
    }

    private Answer refused(String id, Ec2Refusal refusal) {
        world.faults().refuse(refusal.code());
        Xml error =
                Xml.of(
                        "Error",
                        Xml.text("Code", refusal.code()),
                        Xml.text("Message", String.valueOf(refusal.getMessage())));
        return new Answer(
                refusal.status(),
                Xml.of("Response", Xml.of("Errors", error), Xml.text("RequestID", id)).render());
    }

    @Override
    public synchronized void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
