package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a record from an object: each key is a component's name, or its {@link
/// io.patchbay.spi.Key}. A key that is absent or null leaves an Optional, a list, a set or a map
/// empty, a number 0 and a boolean false; anything else must be there.
///
/// An unknown key is an UnrecognizedPropertyException, unless FAIL_ON_UNKNOWN_PROPERTIES is off. A
/// value of the wrong type is another MismatchedInputException. What is missing, and what a
/// constructor refuses, is a ValueInstantiationException with the sentence for a message. Each
/// carries the path of keys.
final class RecordReader extends JsonDeserializer<Object> {
    private final JavaType type;
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final List<Component> components = new ArrayList<>();
    private final Constructor<?> constructor;

    RecordReader(JavaType type, TypeFactory types) {
        this.type = type;
        Class<?> raw = type.getRawClass();
        List<Class<?>> parameters = new ArrayList<>();
        for (var part : raw.getRecordComponents()) {
            var component =
                    new Component(
                            Component.key(part),
                            types.resolveMemberType(part.getGenericType(), type.getBindings()));
            positions.put(component.key(), components.size());
            components.add(component);
            parameters.add(part.getType());
        }
        try {
            constructor = raw.getDeclaredConstructor(parameters.toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its constructor: " + type, e);
        }
        constructor.setAccessible(true);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            throw MismatchedInputException.from(in, type, "an object is expected");
        }
        @Nullable Object[] values = new @Nullable Object[components.size()];
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            in.nextToken();
            Integer position = positions.get(key);
            if (position == null) {
                context.handleUnknownProperty(in, this, type.getRawClass(), key);
            } else if (!in.hasToken(JsonToken.VALUE_NULL)) {
                values[position] = read(components.get(position), in, context);
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = absent(components.get(i), in);
            }
        }
        return create(values, in);
    }

    @Override
    public List<Object> getKnownPropertyNames() {
        return List.copyOf(positions.keySet());
    }

    @Override
    public Class<?> handledType() {
        return type.getRawClass();
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    private Object read(Component component, JsonParser in, DeserializationContext context)
            throws IOException {
        try {
            Object value = context.readValue(in, component.content());
            if (value == null) {
                throw MismatchedInputException.from(in, component.content(), "a value is expected");
            }
            return component.wrap(value);
        } catch (InputCoercionException e) {
            // A number beyond its type; Jackson throws it without a path.
            throw JsonMappingException.wrapWithPath(
                    MismatchedInputException.from(in, component.type(), e.getOriginalMessage()),
                    type.getRawClass(),
                    component.key());
        } catch (JsonMappingException e) {
            throw JsonMappingException.wrapWithPath(e, type.getRawClass(), component.key());
        }
    }

    private Object absent(Component component, JsonParser in) throws JsonMappingException {
        Object absent = component.absent();
        if (absent == null) {
            throw JsonMappingException.wrapWithPath(
                    ValueInstantiationException.from(in, "it is missing", component.type(), null),
                    type.getRawClass(),
                    component.key());
        }
        return absent;
    }

    private Object create(@Nullable Object[] values, JsonParser in) throws JsonMappingException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw ValueInstantiationException.from(
                        in, String.valueOf(refusal.getMessage()), type, refusal);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("cannot create " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + type, e);
        }
    }
}
