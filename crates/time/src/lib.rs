//! Time expressions of English news as TIMEX3 values and intervals of days.
