// The few shapes that pictures are made of, as SVG 1.1.
#pragma once

#include <string>
#include <string_view>

namespace muster::simulator {

/// A picture that grows shape by shape. Coordinates are pixels from the upper left corner, rounded to tenths. Texts may hold anything: they
/// are escaped, and what cannot be printed is replaced.
class Svg {
public:
    /// `title` says what it shows, for whoever cannot see it.
    explicit Svg(std::string_view title);

    /// `look` names the shape's class: one of those that `document` styles.
    void rectangle(double x, double y, double width, double height, std::string_view look, std::string_view tip = {});
    void line(double x1, double y1, double x2, double y2, std::string_view look);
    void text(double x, double y, std::string_view words, std::string_view look);
    void diamond(double x, double y, std::string_view look, std::string_view tip = {});
    /// Goes on along the points of one open line: "12.0,3.5 14.0,2.0".
    void polyline(const std::string& points, std::string_view look);

    /// The whole, `width` by `height`, on white.
    [[nodiscard]] std::string document(double width, double height) const;

private:
    std::string title_;
    std::string shapes_;
};

/// A number with one decimal, as SVG has it whatever the locale.
[[nodiscard]] std::string coordinate(double value);

}  // namespace muster::simulator
