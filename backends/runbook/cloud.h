// Actions that tools outside the clusters carry out: DNS, infrastructure, secrets, evidence.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Adds to `work` the switch of a DNS name: by Route 53, Cloud DNS or Cloudflare where a tool of the plan that provides DNS is one of
/// them, else by a person. The site's address is in $MUSTER_ADDRESS_<SITE>, the zone in $MUSTER_DNS_ZONE.
void add_dns(const StepIn& step, const model::SwitchDns& dns, Work& work);

/// Adds what builds a site: by Terraform, eksctl, Helm, Velero or Ansible, else by a person.
void add_provision(const StepIn& step, const model::Provision& provision, Work& work);

/// Adds the rotation of secrets: by AWS Secrets Manager where that keeps them, else by a person.
void add_rotate(const StepIn& step, const model::Rotate& rotate, Work& work);

/// Adds the capture of what the clusters know of the services that are meant, and its way to the store; what is no service, or where no
/// store is said, is for a person.
void add_forensics(const StepIn& step, const model::CaptureForensics& capture, Work& work);

}  // namespace muster::backends::runbook
