CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"created_by" text,
	"name" text NOT NULL,
	"mode" text NOT NULL,
	"hash" text NOT NULL,
	"last_four" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash"),
	CONSTRAINT "api_keys_mode" CHECK ("api_keys"."mode" in ('live', 'test'))
);
--> statement-breakpoint
CREATE TABLE "audit_anchor_heads" (
	"day" date NOT NULL,
	"scope" text NOT NULL,
	"n" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_anchor_heads_day_scope_pk" PRIMARY KEY("day","scope")
);
--> statement-breakpoint
CREATE TABLE "audit_anchors" (
	"day" date PRIMARY KEY NOT NULL,
	"root" text NOT NULL,
	"scopes" integer NOT NULL,
	"mac" text,
	"key_id" text,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"scope" text PRIMARY KEY NOT NULL,
	"n" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"scope" text NOT NULL,
	"n" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"action" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"event_ids" text[] NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_log_scope_n_pk" PRIMARY KEY("scope","n")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"user_id" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "email_opt_outs" (
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "email_opt_outs_user_id_kind_pk" PRIMARY KEY("user_id","kind"),
	CONSTRAINT "email_opt_outs_kind" CHECK ("email_opt_outs"."kind" in ('usage', 'card', 'trial'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_networks" (
	"user_id" text NOT NULL,
	"network_hash" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	CONSTRAINT "sign_in_networks_user_id_network_hash_pk" PRIMARY KEY("user_id","network_hash")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified" timestamp with time zone,
	"email_sign_in" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid,
	"livemode" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"claimed_workspace_id" uuid,
	"conflict" text,
	"missing_at" timestamp with time zone,
	"doubted_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	CONSTRAINT "customers_conflict" CHECK ("customers"."conflict" in ('no_such_workspace', 'workspace_has_another', 'belongs_to_another'))
);
--> statement-breakpoint
CREATE TABLE "entitlement_overrides" (
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"effect" text NOT NULL,
	"tier" text,
	"amount" integer,
	"reason" text NOT NULL,
	"actor" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entitlement_overrides_workspace_id_kind_name_pk" PRIMARY KEY("workspace_id","kind","name"),
	CONSTRAINT "entitlement_overrides_kind" CHECK (case "entitlement_overrides"."kind"
        when 'plan' then "entitlement_overrides"."name" = '' and "entitlement_overrides"."amount" is null and ("entitlement_overrides"."tier" is not null) = ("entitlement_overrides"."effect" = 'grant')
        when 'feature' then "entitlement_overrides"."name" <> '' and "entitlement_overrides"."tier" is null and "entitlement_overrides"."amount" is null
        when 'limit' then "entitlement_overrides"."name" <> '' and "entitlement_overrides"."tier" is null and "entitlement_overrides"."amount" >= 0 and "entitlement_overrides"."effect" = 'grant'
        else false end and "entitlement_overrides"."effect" in ('grant', 'withhold'))
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"tier" text NOT NULL,
	"earned_tier" text NOT NULL,
	"status" text NOT NULL,
	"access" text NOT NULL,
	"features" jsonb NOT NULL,
	"limits" jsonb NOT NULL,
	"subscription_id" text,
	"valid_until" timestamp with time zone,
	"reason" text NOT NULL,
	"fence" bigint NOT NULL,
	"computed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"status" text NOT NULL,
	"tier" text,
	"interval" text,
	"price_id" text,
	"unit_amount" bigint,
	"currency" text,
	"quantity" integer,
	"current_period_start" timestamp with time zone,
	"current_period_end" timestamp with time zone,
	"cancel_at" timestamp with time zone,
	"cancel_at_period_end" boolean NOT NULL,
	"canceled_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"trial_end" timestamp with time zone,
	"past_due_since" timestamp with time zone,
	"payment" text NOT NULL,
	"owes" text,
	"owed_since" timestamp with time zone,
	"due_at" timestamp with time zone,
	"change_unpaid" boolean NOT NULL,
	"covered_tier" text,
	"paid_through" timestamp with time zone,
	"collection_paused" boolean NOT NULL,
	"collection_resumes_at" timestamp with time zone,
	"stripe_created_at" timestamp with time zone NOT NULL,
	"fence" bigint NOT NULL,
	"synced_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkout_intents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"tier" text NOT NULL,
	"interval" text NOT NULL,
	"promotion_code" text,
	"state" text DEFAULT 'open' NOT NULL,
	"session_id" text,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "checkout_intents_state" CHECK ("checkout_intents"."state" in ('open', 'completed', 'expired', 'replaced'))
);
--> statement-breakpoint
CREATE TABLE "customer_claims" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"keeps" text,
	CONSTRAINT "customer_claims_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "billing_facts" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"customer_id" text,
	"event_id" text,
	"recorded_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heartbeats" (
	"job" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"target_key" text,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"next_run_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"delivered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reconcile_cursors" (
	"name" text PRIMARY KEY NOT NULL,
	"last_key" text,
	"last_event_created_at" timestamp with time zone,
	"last_run_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sync_targets" (
	"key" text PRIMARY KEY NOT NULL,
	"dirty_seq" bigint DEFAULT 0 NOT NULL,
	"synced_seq" bigint DEFAULT 0 NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"waiting" boolean DEFAULT false NOT NULL,
	"next_run_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"last_synced_at" timestamp with time zone,
	CONSTRAINT "sync_targets_seq" CHECK ("sync_targets"."synced_seq" <= "sync_targets"."dirty_seq")
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"target_key" text,
	"object_id" text,
	"customer_id" text,
	"attempt" integer,
	"livemode" boolean NOT NULL,
	"api_version" text,
	"stripe_created_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"seq" bigint,
	"state" text NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"done_at" timestamp with time zone,
	"payload" text,
	"payload_sha256" text NOT NULL,
	CONSTRAINT "webhook_events_state" CHECK ("webhook_events"."state" in ('pending', 'done', 'ignored', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"user_id" text PRIMARY KEY NOT NULL,
	"appointed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"appointed_by" text,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "price_moves" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"subscription_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"from_price" text NOT NULL,
	"to_price" text NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"amount_before" bigint NOT NULL,
	"amount_after" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"schedule_id" text,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "price_moves_state" CHECK ("price_moves"."state" in ('asked', 'planned', 'undoing', 'moved', 'undone', 'left')
        and ("price_moves"."closed_at" is null) = ("price_moves"."state" in ('asked', 'planned', 'undoing')))
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"use_key" text NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reports_once" UNIQUE("workspace_id","use_key"),
	CONSTRAINT "reports_status" CHECK ("reports"."status" in ('making', 'ready'))
);
--> statement-breakpoint
CREATE TABLE "revenue_invoices" (
	"invoice_id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"failed_at" timestamp with time zone,
	"paid_at" timestamp with time zone,
	"lost_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "revenue_left_out" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "revenue_left_out_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"customer_id" text NOT NULL,
	"news" jsonb,
	"source" text,
	"error" text NOT NULL,
	"left_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_run_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "revenue_left_out_one" CHECK (("revenue_left_out"."news" is null) <> ("revenue_left_out"."source" is null))
);
--> statement-breakpoint
CREATE TABLE "revenue_moments" (
	"key" text PRIMARY KEY NOT NULL,
	"subscription_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"before" text,
	"status" text NOT NULL,
	"plan" text,
	"currency" text,
	"mrr" bigint NOT NULL,
	"later" jsonb NOT NULL,
	"renews_at" timestamp with time zone,
	"renews_amount" bigint,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "revenue_movements" (
	"customer_id" text NOT NULL,
	"currency" text NOT NULL,
	"month" date NOT NULL,
	"until" date,
	"kind" text NOT NULL,
	"mrr_before" bigint NOT NULL,
	"mrr_after" bigint NOT NULL,
	"plan_before" text NOT NULL,
	"plan_after" text NOT NULL,
	"cohort" date NOT NULL,
	"cause" text,
	CONSTRAINT "revenue_movements_customer_id_currency_month_pk" PRIMARY KEY("customer_id","currency","month"),
	CONSTRAINT "revenue_movements_kind" CHECK ("revenue_movements"."kind" in ('new', 'expansion', 'contraction', 'churn', 'reactivation', 'move'))
);
--> statement-breakpoint
CREATE TABLE "revenue_subscriptions" (
	"subscription_id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"status" text NOT NULL,
	"plan" text NOT NULL,
	"currency" text NOT NULL,
	"trial_started_at" timestamp with time zone,
	"converted_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"renews_at" timestamp with time zone,
	"renews_amount" bigint
);
--> statement-breakpoint
CREATE TABLE "revenue_totals" (
	"month" date NOT NULL,
	"currency" text NOT NULL,
	"kind" text NOT NULL,
	"plan_before" text NOT NULL,
	"plan_after" text NOT NULL,
	"cohort" date NOT NULL,
	"cause" text NOT NULL,
	"shard" smallint NOT NULL,
	"customers" integer NOT NULL,
	"mrr_before" bigint NOT NULL,
	"mrr_after" bigint NOT NULL,
	CONSTRAINT "revenue_totals_month_currency_kind_plan_before_plan_after_cohort_cause_shard_pk" PRIMARY KEY("month","currency","kind","plan_before","plan_after","cohort","cause","shard")
);
--> statement-breakpoint
CREATE TABLE "trials" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"subscription_id" text NOT NULL,
	"noted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trials_kind_subject_pk" PRIMARY KEY("kind","subject")
);
--> statement-breakpoint
CREATE TABLE "usage_counters" (
	"workspace_id" uuid NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_counters_workspace_id_period_start_pk" PRIMARY KEY("workspace_id","period_start"),
	CONSTRAINT "usage_counters_not_negative" CHECK ("usage_counters"."used" >= 0 and "usage_counters"."held" >= 0)
);
--> statement-breakpoint
CREATE TABLE "usage_credits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"source" text NOT NULL,
	"quantity" integer NOT NULL,
	"remaining" integer NOT NULL,
	"taken_back" integer DEFAULT 0 NOT NULL,
	"payment_intent_id" text,
	"granted_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "usage_credits_once_per_source" UNIQUE("source"),
	CONSTRAINT "usage_credits_add_up" CHECK ("usage_credits"."quantity" > 0 and "usage_credits"."remaining" >= 0 and "usage_credits"."taken_back" >= 0 and "usage_credits"."remaining" + "usage_credits"."taken_back" <= "usage_credits"."quantity")
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"workspace_id" uuid NOT NULL,
	"day" date NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "usage_days_workspace_id_day_pk" PRIMARY KEY("workspace_id","day")
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"workspace_id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"quantity" integer NOT NULL,
	"state" text NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"plan_units" integer NOT NULL,
	"credits" jsonb NOT NULL,
	"expires_at" timestamp with time zone,
	"used_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "usage_events_workspace_id_idempotency_key_pk" PRIMARY KEY("workspace_id","idempotency_key"),
	CONSTRAINT "usage_events_state" CHECK ("usage_events"."state" in ('counted', 'held', 'refunded', 'expired')),
	CONSTRAINT "usage_events_held_expires" CHECK ("usage_events"."state" <> 'held' or "usage_events"."expires_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"workspace_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id"),
	CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('owner', 'admin', 'member'))
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspaces_kind" CHECK ("workspaces"."kind" in ('personal', 'team'))
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_opt_outs" ADD CONSTRAINT "email_opt_outs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_networks" ADD CONSTRAINT "sign_in_networks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_overrides" ADD CONSTRAINT "entitlement_overrides_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkout_intents" ADD CONSTRAINT "checkout_intents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_claims" ADD CONSTRAINT "customer_claims_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operators" ADD CONSTRAINT "operators_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operators" ADD CONSTRAINT "operators_appointed_by_users_id_fk" FOREIGN KEY ("appointed_by") REFERENCES "users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_moves" ADD CONSTRAINT "price_moves_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_moves" ADD CONSTRAINT "price_moves_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_counters" ADD CONSTRAINT "usage_counters_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_credits" ADD CONSTRAINT "usage_credits_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_days" ADD CONSTRAINT "usage_days_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_events" ADD CONSTRAINT "usage_events_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_by_workspace" ON "api_keys" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "api_keys_by_end" ON "api_keys" USING btree (least("expires_at", "revoked_at")) WHERE least("api_keys"."expires_at", "api_keys"."revoked_at") is not null;--> statement-breakpoint
CREATE INDEX "audit_anchor_heads_by_scope" ON "audit_anchor_heads" USING btree ("scope");--> statement-breakpoint
CREATE INDEX "audit_log_by_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_log_by_action" ON "audit_log" USING btree ("action","at");--> statement-breakpoint
CREATE INDEX "audit_log_of_operators" ON "audit_log" USING btree ("at") WHERE "audit_log"."actor" ->> 'type' = 'operator';--> statement-breakpoint
CREATE INDEX "accounts_by_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_by_expiry" ON "sessions" USING btree ("expires");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_networks_by_expiry" ON "sign_in_networks" USING btree ("expires");--> statement-breakpoint
CREATE INDEX "users_by_email_prefix" ON "users" USING btree ("email" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "users_by_name_word" ON "users" USING gin (to_tsvector('simple', coalesce("name", '')));--> statement-breakpoint
CREATE INDEX "verification_tokens_by_expiry" ON "verification_tokens" USING btree ("expires");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_one_living_per_workspace" ON "customers" USING btree ("workspace_id") WHERE "customers"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customers_by_workspace" ON "customers" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "customers_by_created" ON "customers" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "customers_in_conflict" ON "customers" USING btree ("claimed_workspace_id") WHERE "customers"."conflict" is not null;--> statement-breakpoint
CREATE INDEX "customers_erased" ON "customers" USING btree ("erased_at") WHERE "customers"."erased_at" is not null;--> statement-breakpoint
CREATE INDEX "customers_missing" ON "customers" USING btree ("missing_at") WHERE "customers"."missing_at" is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_by_customer" ON "subscriptions" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "subscriptions_living_by_price" ON "subscriptions" USING btree ("price_id","id") WHERE "subscriptions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "subscriptions_living_by_created" ON "subscriptions" USING btree ("stripe_created_at") WHERE "subscriptions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "subscriptions_trials_by_end" ON "subscriptions" USING btree ("trial_end") WHERE "subscriptions"."status" = 'trialing';--> statement-breakpoint
CREATE INDEX "subscriptions_years_by_end" ON "subscriptions" USING btree ("current_period_end") WHERE "subscriptions"."interval" <> 'month' and "subscriptions"."status" = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "checkout_intents_one_open_per_workspace" ON "checkout_intents" USING btree ("workspace_id") WHERE "checkout_intents"."state" = 'open';--> statement-breakpoint
CREATE INDEX "checkout_intents_by_workspace" ON "checkout_intents" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "checkout_intents_by_session" ON "checkout_intents" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "checkout_intents_by_promotion" ON "checkout_intents" USING btree ("promotion_code","created_at") WHERE "checkout_intents"."promotion_code" is not null;--> statement-breakpoint
CREATE INDEX "checkout_intents_left" ON "checkout_intents" USING btree ("closed_at") WHERE "checkout_intents"."state" in ('expired', 'replaced');--> statement-breakpoint
CREATE INDEX "customer_claims_contested" ON "customer_claims" USING btree ("created_at") WHERE "customer_claims"."keeps" is not null;--> statement-breakpoint
CREATE INDEX "billing_facts_by_customer" ON "billing_facts" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "outbox_by_target" ON "outbox" USING btree ("target_key","created_at");--> statement-breakpoint
CREATE INDEX "outbox_by_created" ON "outbox" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("kind","next_run_at") WHERE "outbox"."delivered_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_lapsed" ON "outbox" USING btree ("target_key") WHERE "outbox"."kind" = 'lapsed_use' and "outbox"."delivered_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_with_address" ON "outbox" USING btree ("delivered_at") WHERE "outbox"."kind" = 'mail' and "outbox"."payload" ->> 'to' <> '';--> statement-breakpoint
CREATE INDEX "outbox_messages_sent" ON "outbox" USING btree ("delivered_at") WHERE "outbox"."kind" in ('mail', 'metered_use', 'meter_event', 'lapsed_use') and "outbox"."delivered_at" is not null;--> statement-breakpoint
CREATE INDEX "sync_targets_due" ON "sync_targets" USING btree ("next_run_at") WHERE "sync_targets"."dirty_seq" > "sync_targets"."synced_seq";--> statement-breakpoint
CREATE INDEX "webhook_events_pending" ON "webhook_events" USING btree ("target_key","seq") WHERE "webhook_events"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_events_with_payload" ON "webhook_events" USING btree ("received_at") WHERE "webhook_events"."payload" is not null;--> statement-breakpoint
CREATE INDEX "webhook_events_by_received" ON "webhook_events" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_by_type" ON "webhook_events" USING btree ("type","received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_by_customer" ON "webhook_events" USING btree ("customer_id","received_at");--> statement-breakpoint
CREATE INDEX "webhook_events_without_customer" ON "webhook_events" USING btree ("target_key") WHERE "webhook_events"."customer_id" is null;--> statement-breakpoint
CREATE INDEX "webhook_events_by_object" ON "webhook_events" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "webhook_events_dead" ON "webhook_events" USING btree ("received_at") WHERE "webhook_events"."state" = 'dead';--> statement-breakpoint
CREATE UNIQUE INDEX "price_moves_one_open_per_subscription" ON "price_moves" USING btree ("subscription_id") WHERE "price_moves"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "price_moves_by_customer" ON "price_moves" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "price_moves_by_prices" ON "price_moves" USING btree ("from_price","to_price","id");--> statement-breakpoint
CREATE INDEX "revenue_invoices_failed" ON "revenue_invoices" USING btree ("failed_at","currency","paid_at","lost_at","amount","invoice_id","subscription_id") WHERE "revenue_invoices"."failed_at" is not null;--> statement-breakpoint
CREATE INDEX "revenue_left_out_due" ON "revenue_left_out" USING btree ("next_run_at");--> statement-breakpoint
CREATE UNIQUE INDEX "revenue_left_out_source" ON "revenue_left_out" USING btree ("source");--> statement-breakpoint
CREATE INDEX "revenue_moments_by_customer" ON "revenue_moments" USING btree ("customer_id","subscription_id","at");--> statement-breakpoint
CREATE INDEX "revenue_moments_by_subscription" ON "revenue_moments" USING btree ("subscription_id","at");--> statement-breakpoint
CREATE INDEX "revenue_movements_by_customer" ON "revenue_movements" USING btree ("currency","customer_id","month");--> statement-breakpoint
CREATE INDEX "revenue_movements_by_number" ON "revenue_movements" USING btree ("month","currency","kind","customer_id");--> statement-breakpoint
CREATE INDEX "revenue_movements_by_cohort" ON "revenue_movements" USING btree ("cohort","currency","customer_id");--> statement-breakpoint
CREATE INDEX "revenue_subscriptions_by_customer" ON "revenue_subscriptions" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "revenue_subscriptions_by_trial" ON "revenue_subscriptions" USING btree ("trial_started_at","converted_at","status","subscription_id") WHERE "revenue_subscriptions"."trial_started_at" is not null;--> statement-breakpoint
CREATE INDEX "revenue_subscriptions_by_renewal" ON "revenue_subscriptions" USING btree ("renews_at","currency","renews_amount","subscription_id") WHERE "revenue_subscriptions"."renews_at" is not null;--> statement-breakpoint
CREATE INDEX "trials_by_subscription" ON "trials" USING btree ("subscription_id");--> statement-breakpoint
CREATE INDEX "usage_credits_left" ON "usage_credits" USING btree ("workspace_id","expires_at") WHERE "usage_credits"."remaining" > 0;--> statement-breakpoint
CREATE INDEX "usage_credits_by_payment" ON "usage_credits" USING btree ("payment_intent_id");--> statement-breakpoint
CREATE INDEX "usage_events_held" ON "usage_events" USING btree ("workspace_id","expires_at") WHERE "usage_events"."state" = 'held';--> statement-breakpoint
CREATE INDEX "usage_events_by_used_at" ON "usage_events" USING brin ("used_at");--> statement-breakpoint
CREATE INDEX "memberships_by_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "workspaces_by_name_word" ON "workspaces" USING gin (to_tsvector('simple', coalesce("name", '')));