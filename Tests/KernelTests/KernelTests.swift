// SPDX-License-Identifier: Apache-2.0
import Testing

/// All tests that need the kernel's registry; they run one at a time, because there is only one registry.
@Suite(.serialized) enum KernelTests {}
