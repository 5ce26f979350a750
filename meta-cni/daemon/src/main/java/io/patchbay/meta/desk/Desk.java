package io.patchbay.meta.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.attach.CheckedNetwork;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.socket.Request;
import io.patchbay.meta.socket.RequestHandler;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Answers operators, who ask by the same socket and frames as a runtime, with {@link #COMMAND} in
/// the place of CNI_COMMAND. A refusal is told as one of CNI's.
///
/// ```
/// show       {"types": [{"type": "vpc", "tables": [{"name": "…", "columns": ["A"], "rows": [{"A": "…"}]}]}]}
/// metrics    Prometheus' text format
/// attend     {}, and the connection ends when the daemon does
/// check      {"networks": [{"interface": "net1", "checked": true, "code": 100, "problem": "…"}]}
/// ```
public final class Desk implements RequestHandler {
    /// The variable with what is asked.
    public static final String COMMAND = "PATCHBAY_COMMAND";

    /// The variable with the delegate that {@link #SHOW} is about; all of them without it.
    public static final String TYPE = "PATCHBAY_TYPE";

    /// The variable with the container that {@link #CHECK} is about.
    public static final String CONTAINER = "PATCHBAY_CONTAINER";

    public static final String SHOW = "show";
    public static final String METRICS = "metrics";

    /// To be told of the daemon's end, by that of the connection.
    public static final String ATTEND = "attend";

    /// A CHECK of one sandbox's attachments, each by itself. Code 11 where another call for it goes
    /// on.
    public static final String CHECK = "check";

    /// How long a call that is under way for the sandbox is waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Delegates delegates;
    private final Supplier<Map<String, Supplier<List<Table>>>> own;
    private final Metrics metrics;
    private final Asking asking;
    private final Checks checks;

    /// How the desk has a sandbox checked.
    public interface Checks {
        /// See {@link io.patchbay.meta.attach.Attacher#checkEach}.
        List<CheckedNetwork> each(String containerId, Instant patience, Instant deadline);
    }

    /// @param own tables of the process itself, by what they go under
    public Desk(
            Delegates delegates,
            Supplier<Map<String, Supplier<List<Table>>>> own,
            Metrics metrics,
            Checks checks) {
        this.delegates = delegates;
        this.own = own;
        this.metrics = metrics;
        this.asking = metrics.asking();
        this.checks = checks;
    }

    /// A handler that answers operators, and leaves all other requests to another.
    public RequestHandler before(RequestHandler runtimes) {
        return request -> {
            Map<String, String> environment = request.environment();
            return environment.containsKey(COMMAND) && !environment.containsKey("CNI_COMMAND")
                    ? handle(request)
                    : runtimes.handle(request);
        };
    }

    @Override
    public CniReply handle(Request request) {
        try {
            return CniReply.of(0, answer(request));
        } catch (CniException e) {
            return CniReply.failure(e, CniVersion.NEWEST);
        }
    }

    private String answer(Request request) {
        Map<String, String> environment = request.environment();
        String command = environment.getOrDefault(COMMAND, "");
        return switch (command) {
            case SHOW -> Json.text(show(environment.getOrDefault(TYPE, ""))) + "\n";
            case METRICS -> metrics.text();
            case ATTEND -> {
                request.last();
                yield "{}\n";
            }
            case CHECK ->
                    Json.text(check(environment.getOrDefault(CONTAINER, ""), request.deadline()))
                            + "\n";
            default ->
                    throw new CniException(
                            Standard.INVALID_ENVIRONMENT,
                            "%s is \"%s\": it is %s, %s, %s or %s"
                                    .formatted(COMMAND, command, SHOW, METRICS, ATTEND, CHECK));
        };
    }

    private ObjectNode check(String containerId, Instant deadline) {
        Instant soon = Instant.now().plus(PATIENCE);
        ObjectNode json = Json.object();
        ArrayNode networks = json.putArray("networks");
        checks.each(containerId, soon.isBefore(deadline) ? soon : deadline, deadline)
                .forEach(network -> networks.add(encode(network)));
        return json;
    }

    private static ObjectNode encode(CheckedNetwork network) {
        ObjectNode json =
                Json.object()
                        .put("interface", network.attachment().id().ifName())
                        .put("checked", !network.attachment().disableCheck());
        network.failure()
                .ifPresent(failure ->
                        json.put("code", failure.code().value())
                                .put("problem", String.valueOf(failure.getMessage())));
        return json;
    }

    private ObjectNode show(String type) {
        ObjectNode json = Json.object();
        ArrayNode types = json.putArray("types");
        if (type.isEmpty()) {
            types().forEach(one -> types.add(whatItHas(one)));
        } else {
            types.add(tables(type));
        }
        return json;
    }

    /// One delegate that fails does not hide the others.
    private ObjectNode whatItHas(String type) {
        try {
            return tables(type);
        } catch (CniException e) {
            ObjectNode json = Json.object().put("type", type);
            json.putArray("tables");
            return json.put("problem", e.getMessage());
        }
    }

    private ObjectNode tables(String type) {
        Supplier<List<Table>> source =
                delegates
                        .find(type)
                        .<Supplier<List<Table>>>map(delegate -> delegate::tables)
                        .or(() -> Optional.ofNullable(own.get().get(type)))
                        .orElseThrow(() -> unknown(type));
        List<Table> tables = asking.ask(type, "tables", () -> List.copyOf(source.get()));
        ObjectNode json = Json.object().put("type", type);
        ArrayNode array = json.putArray("tables");
        tables.forEach(table -> array.add(encode(table)));
        return json;
    }

    /// A delegate comes before what the process has under the same name.
    private Set<String> types() {
        Set<String> types = new TreeSet<>(delegates.types());
        types.addAll(own.get().keySet());
        return types;
    }

    private CniException unknown(String type) {
        Set<String> types = types();
        return new CniException(
                Standard.INVALID_ENVIRONMENT,
                "there is no delegate of type \"%s\": the types are %s"
                        .formatted(type, String.join(", ", types)));
    }

    private static ObjectNode encode(Table table) {
        ObjectNode json = Json.object().put("name", table.name());
        ArrayNode columns = json.putArray("columns");
        table.columns().forEach(columns::add);
        ArrayNode rows = json.putArray("rows");
        for (List<String> cells : table.rows()) {
            ObjectNode row = rows.addObject();
            for (int n = 0; n < cells.size(); n++) {
                row.put(table.columns().get(n), cells.get(n));
            }
        }
        return json;
    }
}
