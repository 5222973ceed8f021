// SPDX-License-Identifier: Apache-2.0
import Testing

/// Everything that needs the kernel's registry: one at a time, since there is one.
@Suite(.serialized) enum KernelTests {}
