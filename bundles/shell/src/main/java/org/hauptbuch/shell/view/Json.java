package org.hauptbuch.shell.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builds JSON: digests, addresses and keys as hexadecimal text, what is absent as null, so that every name is there. */
public final class Json {
    private final JsonObject object = new JsonObject();

    private Json() {}

    /** An empty object, to be filled. */
    public static Json object() {
        return new Json();
    }

    /** An array. */
    public static <T> JsonArray array(Stream<T> values, Function<T, ? extends JsonElement> element) {
        JsonArray array = new JsonArray();
        values.map(element).forEach(array::add);
        return array;
    }

    /** An array of texts. */
    public static JsonArray texts(Stream<?> values) {
        return array(values, value -> new JsonPrimitive(value.toString()));
    }

    /** Names and values. */
    public static JsonObject map(Map<String, ?> values) {
        Json json = object();
        values.forEach(json::put);
        return json.build();
    }

    /** Adds a member: numbers and truth values as such, what is empty as null, all else as text. */
    public Json put(String name, Object value) {
        object.add(name, element(value));
        return this;
    }

    /** The object. */
    public JsonObject build() {
        return object;
    }

    private static JsonElement element(Object value) {
        if (value instanceof JsonElement json) {
            return json;
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? element(optional.get()) : JsonNull.INSTANCE;
        }
        return new JsonPrimitive(value.toString());
    }
}
