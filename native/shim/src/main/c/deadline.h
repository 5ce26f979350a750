#pragma once

#include <stdbool.h>
#include <stdint.h>

// A deadline is a point of the monotonic clock, in nanoseconds.
typedef int64_t deadline;

deadline deadline_in(uint32_t milliseconds);

// The nanoseconds that remain; 0 once the deadline has passed.
int64_t deadline_left(deadline end);

// The same in milliseconds, rounded up: nobody shall be woken early, only to wait for nothing.
uint32_t deadline_left_ms(deadline end);

// Waits until one of the events, or a failure of the descriptor, can be had without blocking; false
// at the deadline.
bool deadline_await(deadline end, int descriptor, short events);
