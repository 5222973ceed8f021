// SPDX-License-Identifier: Apache-2.0
import Testing

/// Costs of the release build, as numbers that depend on the machine's libc and valgrind. They need the kernel's
/// registry: one at a time, and not beside KernelTests.
@Suite(.serialized) enum CostTests {}
