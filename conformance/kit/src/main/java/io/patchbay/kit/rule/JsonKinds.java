package io.patchbay.kit.rule;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// The types that the core fills from JSON.
final class JsonKinds {
    private static final Set<Class<?>> SIMPLE =
            Set.of(
                    String.class,
                    int.class,
                    long.class,
                    double.class,
                    boolean.class,
                    Integer.class,
                    Long.class,
                    Double.class,
                    Boolean.class,
                    OptionalInt.class,
                    OptionalLong.class,
                    InetAddress.class,
                    Cidr.class,
                    MacAddress.class);
    private static final Set<Class<?>> OF_ONE = Set.of(Optional.class, List.class, Set.class);
    private static final Set<Class<?>> OF_KEYS = Set.of(Map.class, SequencedMap.class);

    private JsonKinds() {}

    /// The components of a record, and of the records below, that cannot be filled.
    static List<String> unfit(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> unfit(component.getGenericType(), name(component)))
                .toList();
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static Stream<String> unfit(Type type, String where) {
        return switch (type) {
            case Class<?> simple when SIMPLE.contains(simple) || simple.isEnum() -> Stream.empty();
            case Class<?> record when record.isRecord() -> unfit(record).stream();
            case ParameterizedType generic when OF_ONE.contains(generic.getRawType()) ->
                    unfit(generic.getActualTypeArguments()[0], where);
            case ParameterizedType generic
                    when OF_KEYS.contains(generic.getRawType())
                            && generic.getActualTypeArguments()[0] == String.class ->
                    unfit(generic.getActualTypeArguments()[1], where);
            default -> Stream.of(where + ": " + type.getTypeName());
        };
    }
}
