package io.vigil.model.backend;

/**
 * One operation with parameters, once for every time that it is applied.
 *
 * @param name canonical, without the parameter's own part
 * @param output what it gives for one picture
 * @param parameters trained ones, 0 where the same were counted before
 * @param multiplyAdds of a convolution, for one picture; otherwise 0
 */
public record Layer(String name, Shape output, long parameters, long multiplyAdds) {}
