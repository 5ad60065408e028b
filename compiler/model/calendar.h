// When something is due: cron's calendar, and the few things that plans say and cron cannot.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/support/result.h"
#include "compiler/support/span.h"
#include "compiler/support/time.h"

namespace muster::model {

using support::Time;

/// The wall-clock minutes at which something starts. Bit n of a field stands for the value n; Sunday is weekday 0.
/// The meaning is that of robfig/cron v3, which the Kubernetes CronJob controller uses: where both the day of the month
/// and the weekday are restricted, a day that satisfies either counts.
struct Calendar {
    std::uint64_t minutes = 0;  ///< 0 to 59
    std::uint32_t hours = 0;    ///< 0 to 23
    std::uint32_t days = 0;     ///< 1 to 31
    std::uint16_t months = 0;   ///< 1 to 12
    std::uint8_t weekdays = 0;  ///< 0 to 6
    bool any_day = false;       ///< the day of the month was written `*`, `?` or `*/1`; `*/2` restricts it
    bool any_weekday = false;   ///< the weekday was written `*`, `?` or `*/1`; `*/2` restricts it
    std::string cron;           ///< five fields that say the same, but for `nth`; letters, digits and `*?,/+-` only

    /// Which of its weekday in the month a day must be: 1 to 4, or -1 for the last; 0 for any. Cron cannot say this:
    /// `cron` then names every such weekday, and what runs there has to check.
    int nth = 0;

    bool operator==(const Calendar&) const = default;
};

/// Reads five cron fields, or one of @yearly @annually @monthly @weekly @daily @midnight @hourly, as robfig/cron v3's
/// ParseStandard does: months and weekdays by number or by their first three letters in either case, `5/10` for
/// `5-59/10`, Sunday as 0 but not as 7. Fails with a sentence that names the field and what is wrong with it.
///
/// Refused though ParseStandard takes them: a time zone in the text (`TZ=…`, `CRON_TZ=…`), which Kubernetes refuses beside
/// `timeZone`; `@every`, which counts from whenever its controller starts and is no calendar; a field without a single value
/// (`,`), which never comes; a range that begins with `*` (`*-5`), whose end ParseStandard drops in silence; and any
/// blank or letter outside ASCII.
[[nodiscard]] support::Result<Calendar> parse_cron(std::string_view text);

/// When something is due, in whose time zone, and where the plan says so.
struct Schedule {
    /// A fixed interval that is no calendar: `every 90s`, `every 7h`, `every 10d`. Where set, `calendar` means nothing.
    std::optional<Time> interval;
    Calendar calendar;
    std::string zone;     ///< IANA name, such as Europe/Berlin
    std::string written;  ///< as the plan has it, for messages: `every day at 02:00`
    support::Span span;
};

}  // namespace muster::model
